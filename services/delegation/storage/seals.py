"""The seals of the journal's lines, and what was found each time they were verified. Only ever added to."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from backbone.shape.aside import without
from services.delegation.domain.chain import NOTHING_BEFORE, SAID, Sealed, seal
from services.delegation.storage.tables import delegations, journal, journal_checks, journal_seals

LATE = timedelta(days=2)  # after which a line has its seal, and the transaction that wrote it has ended
SETTLED = timedelta(hours=1)  # after which no seal of before comes to light: the transaction that made it has ended
AT_ONCE = 1000  # rows read at a time of the whole journal


def unsealed(
    connection: Connection, since: datetime | None, limit: int, beside: Collection[UUID]
) -> Sequence[RowMapping]:
    """The lines that have no seal, oldest first; of those written `since` (None: ever)."""
    query = sa.select(journal).join(journal_seals, journal_seals.c.line_id == journal.c.id, isouter=True)
    query = query.where(journal_seals.c.line_id.is_(None), without(journal.c.id, beside))
    if since is not None:
        query = query.where(journal.c.at >= since)
    return connection.execute(query.order_by(journal.c.at, journal.c.id).limit(limit)).mappings().all()


def look_from(connection: Connection) -> datetime | None:
    """From when on a line may have no seal; None: ever, until a verification found that all is well."""
    found = last_check(connection)
    return None if found is None or found["faults"] else found["at"] - LATE


def left(connection: Connection, now: datetime) -> int:
    """How many lines should have had a seal long ago."""
    query = sa.select(sa.func.count()).select_from(
        journal.join(journal_seals, journal_seals.c.line_id == journal.c.id, isouter=True)
    )
    late = (journal_seals.c.line_id.is_(None), journal.c.at < now - LATE)
    return int(connection.scalar(query.where(*late)) or 0)


def add(connection: Connection, lines: Sequence[RowMapping], at: datetime) -> int:
    """Seal these lines, each after the last one of its adhérent."""
    ends, sealed = _ends(connection, {line["adherent_id"] for line in lines}), list[dict[str, Any]]()
    for line in lines:
        position, previous = ends.get(line["adherent_id"], (0, NOTHING_BEFORE))
        made = (position + 1, seal(dict(line), position + 1, previous))
        ends[line["adherent_id"]] = made
        place = {"line_id": line["id"], "adherent_id": line["adherent_id"], "sealed_at": at}
        sealed.append({**place, "position": made[0], "hash": made[1]})
    connection.execute(sa.insert(journal_seals), sealed)
    return len(sealed)


def _ends(connection: Connection, adherent_ids: Collection[UUID]) -> dict[UUID, tuple[int, str]]:
    """Where the chain of each of these adhérents ends."""
    seals, last = journal_seals.c, journal_seals.alias("last").c
    newest = sa.select(sa.func.max(last.position)).where(last.adherent_id == seals.adherent_id).scalar_subquery()
    theirs = (seals.adherent_id.in_(list(adherent_ids)), seals.position == newest)
    rows = connection.execute(sa.select(seals.adherent_id, seals.position, seals.hash).where(*theirs))
    return {row.adherent_id: (row.position, row.hash) for row in rows}


def chains(connection: Connection) -> Iterator[Sealed]:
    """Every seal with its line, by adhérent and position, read as they are needed."""
    seals = journal_seals.c
    query = sa.select(journal_seals, *(journal.c[name].label(f"of_{name}") for name in SAID)).join(
        journal, journal.c.id == seals.line_id, isouter=True
    )
    whole = query.order_by(seals.adherent_id, seals.position).execution_options(yield_per=AT_ONCE)
    for row in connection.execute(whole).mappings():
        line = {name: row[f"of_{name}"] for name in SAID} if row["of_id"] else None
        yield Sealed(row["adherent_id"], row["position"], row["hash"], line)


def behind(connection: Connection) -> list[UUID]:
    """The delegations whose last line is not the version that they have: what was done last is not in the journal."""
    last = sa.select(journal.c.delegation_id, sa.func.max(journal.c.sequence).label("last"))
    newest = last.group_by(journal.c.delegation_id).subquery()
    query = sa.select(delegations.c.id).join(newest, newest.c.delegation_id == delegations.c.id, isouter=True)
    other = sa.or_(newest.c.last.is_(None), newest.c.last != delegations.c.sequence)
    return list(connection.scalars(query.where(other).order_by(delegations.c.id)))


def ends_hash(connection: Connection, now: datetime) -> str:
    """One hash of where every chain ended a while before `now`. Who makes seals anew makes them later, and it is
    another one; who writes their hour too is told by the log, which has it and is kept elsewhere."""
    seals, whole = journal_seals.c, hashlib.sha256()
    settled = sa.select(seals.adherent_id, sa.func.max(seals.position).label("position"))
    newest = settled.where(seals.sealed_at <= now - SETTLED).group_by(seals.adherent_id).subquery()
    same = sa.and_(newest.c.adherent_id == seals.adherent_id, newest.c.position == seals.position)
    ends = sa.select(seals.hash).join_from(journal_seals, newest, same).order_by(seals.adherent_id)
    for end in connection.scalars(ends.execution_options(yield_per=AT_ONCE)):
        whole.update(end.encode())
    return whole.hexdigest()


def count(connection: Connection) -> int:
    """How many lines are sealed."""
    return int(connection.scalar(sa.select(sa.func.count()).select_from(journal_seals)) or 0)


def last_check(connection: Connection) -> RowMapping | None:
    """What was found when the journal was last verified."""
    query = sa.select(journal_checks).order_by(journal_checks.c.at.desc()).limit(1)
    return connection.execute(query).mappings().first()


def note_check(connection: Connection, at: datetime, *, lines: int, faults: int, ends: str) -> None:
    """Keep what was found."""
    connection.execute(sa.insert(journal_checks), {"at": at, "lines": lines, "faults": faults, "ends": ends})
