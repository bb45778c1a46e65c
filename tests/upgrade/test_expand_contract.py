"""Each kind of migration that breaks the version before is seen, on either database; those that only expand pass."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Engine

from backbone.store.engines import make_engine
from contracts.words.services import SERVICES
from tests.support.fixtures import postgres  # noqa: F401  (a fixture)
from tests.upgrade.breaking import Step, forbidden, unexplained, walk
from tests.upgrade.examples import BREAKING, DECLARED, EXPANDING, FIRST
from tests.upgrade.fixtures import described, laid, version_before  # noqa: F401  (fixtures)
from tests.upgrade.releases import ROOT, Release, before, landed

RELEASES = [Release("2026-10", "a" * 12, {"example": "0001"})]
USES = {"things": ["id", "name", "age", "kind"], "parts": ["id", "thing_id"]}
ENV = "from backbone.store.migrations.env import run\n\nrun()\n"
SCRIPT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = {number!r}, {former!r}
{more}


def upgrade():
{body}
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of each kind."""
    url = f"sqlite:///{tmp_path}/x.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").create_database()
    made = make_engine(url)
    yield made
    made.dispose()


def second(engine: Engine, folder: Path, body: str, declares: str = "") -> Step:
    """A database at a first migration, and what a second one with this body does to it."""
    (folder / "versions").mkdir()
    (folder / "env.py").write_text(ENV)
    for number, former, text, more in (("0001", None, FIRST, ""), ("0002", "0001", body, declares)):
        script = SCRIPT.format(number=number, former=former, more=more, body=indent(text, "    "))
        (folder / "versions" / f"{number}_x.py").write_text(script)
    config = Config()
    config.set_main_option("script_location", str(folder))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    (step,) = walk(engine, folder, "0001")
    return step


@pytest.mark.parametrize("kind", BREAKING)
def test_what_breaks_the_version_before_is_forbidden(engine: Engine, tmp_path: Path, kind: str) -> None:
    body, says = BREAKING[kind]
    problems = forbidden(second(engine, tmp_path, body), RELEASES, USES)
    assert any(problem.startswith(says) for problem in problems), problems


@pytest.mark.parametrize("kind", EXPANDING)
def test_what_only_expands_is_free(engine: Engine, tmp_path: Path, kind: str) -> None:
    assert forbidden(second(engine, tmp_path, EXPANDING[kind]), RELEASES, USES) == []


@pytest.mark.parametrize("kind", DECLARED)
def test_a_contract_step_and_a_rule_that_is_kept_say_so_themselves(engine: Engine, tmp_path: Path, kind: str) -> None:
    body, declares, says = DECLARED[kind]
    problems = forbidden(second(engine, tmp_path, body, declares), RELEASES, USES)
    assert (not problems) if not says else any(says in problem for problem in problems), problems


@pytest.mark.parametrize(("retires", "left"), [((), 1), (("things.retired",), 0), (("things.name",), 1)])
def test_what_is_retired_may_stay_until_it_is_contracted(tmp_path: Path, retires: tuple[str, ...], left: int) -> None:
    second(make_engine(f"sqlite:///{tmp_path}/x.db"), tmp_path, "pass", f"RETIRES = {retires!r}")
    only_in_the_database = ("remove_column", None, "things", sa.Column("retired"))
    assert len(unexplained([only_in_the_database], tmp_path)) == left


@pytest.mark.history
@pytest.mark.postgresql
@pytest.mark.parametrize("service", SERVICES)
def test_no_migration_breaks_the_version_before_on_postgresql(
    service: str,
    postgres: Any,  # noqa: F811
    laid: Any,  # noqa: F811
    described: dict[str, Any],  # noqa: F811
) -> None:
    url = postgres.create_database()
    laid({service: url})
    for step in walk(make_engine(url), ROOT / "services" / service / "migrations", before().heads[service]):
        assert forbidden(step, landed(), described["tables"][service]) == [], f"{service} {step.number}"
