"""What the migrations since the version before do to its database, one by one, and what each says about it.

A migration that breaks says so itself: `CONTRACTS = "2026-11-26"` names the landed release in which the code stopped
using what goes; `KEEPS = {"name": "why"}` says of a new rule why what the version before writes keeps to it. Between
the two, `RETIRES = ("table.column",)` says what the database still has and the code names no more.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from tests.upgrade.releases import Release
from tests.upgrade.schema import GONE, LOOSENED, RULED, Break, breaks, look

Uses = Mapping[str, Sequence[str]]  # the columns that the version before names, by table


class Step(NamedTuple):
    """One migration, and what it broke that stood before."""

    number: str
    module: Any
    broken: frozenset[Break]


def walk(engine: Engine, folder: Path, since: str) -> Iterator[Step]:
    """Run each migration of `folder` after `since` on the database of the version before; what each breaks of it."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    script = ScriptDirectory.from_config(config)
    with engine.connect() as connection, connection.begin():
        first = look(connection)
    known: set[Break] = set()
    for revision in reversed([one for one in script.walk_revisions() if one.revision > since]):
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision.revision)
        with engine.connect() as connection, connection.begin():
            found = breaks(first, look(connection))
        yield Step(revision.revision, revision.module, frozenset(found - known))
        known |= found


def unexplained(differences: Sequence[Any], folder: Path) -> list[Any]:
    """What the database has and the code does not name, or the other way, but for what a migration retires."""
    script = ScriptDirectory(str(folder))
    retired = {name for one in script.walk_revisions() for name in getattr(one.module, "RETIRES", ())}
    return [one for one in differences if _about(one) not in retired]


def _about(difference: Any) -> str:
    """`table.column`, or the table, of what only the database has; nothing of any other difference."""
    if isinstance(difference, tuple) and difference[0] == "remove_column":
        return f"{difference[2]}.{difference[3].name}"
    if isinstance(difference, tuple) and difference[0] == "remove_table":
        return str(difference[1].name)
    return ""


def forbidden(step: Step, releases: Sequence[Release], uses: Uses) -> list[str]:
    """Why this migration must not be: one sentence for each break that it does not declare, or declares wrongly."""
    kept = dict(getattr(step.module, "KEEPS", {}))
    release = getattr(step.module, "CONTRACTS", "")
    problems = [
        f"{one.table}.{one.name}: {one.why}"
        for one in sorted(step.broken)
        if not (release or (one.kind in (RULED, LOOSENED) and kept.get(one.name)))
    ]
    named = {one.name for one in step.broken}
    problems += [f"KEEPS names {name}, which this migration does not touch" for name in kept if name not in named]
    return problems + (list(_contract(step, release, releases, uses)) if release else [])


def _contract(step: Step, name: str, releases: Sequence[Release], uses: Uses) -> Iterator[str]:
    """What is wrong with a contract step: its release has to have landed before, and to have stopped the use."""
    if name not in {one.name for one in releases}:
        yield f"CONTRACTS = {name!r} is no release that landed: the code of one has to do without it first"
    if not step.broken:
        yield "CONTRACTS is declared, and nothing is broken: say it where something is"
    for one in step.broken:
        used = one.table in uses if one.name == one.table else one.name in uses.get(one.table, ())
        if one.kind == GONE and used:
            yield f"{one.table}.{one.name} is still used by the code of the version before"
