"""What waits and whom it was reminded of; what ends and who was warned. Sets: no statement for a row."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from backbone.shape.aside import without
from backbone.store.database import insert
from contracts.words.kinds import Kind
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.forewarning import SOON
from services.delegation.domain.forewarning import STEPS as BEFORE
from services.delegation.domain.reminding import STALE, Asked
from services.delegation.domain.reminding import STEPS as AFTER
from services.delegation.storage.delegations import LIVE, lock
from services.delegation.storage.mandate_tables import forewarned, reminders
from services.delegation.storage.rows import delegation_of
from services.delegation.storage.tables import delegations, uses

table = delegations.c


def asked(connection: Connection, delegation_ids: Collection[UUID]) -> dict[UUID, Asked]:
    """What the beneficiaries of these asked; nothing of one who never did."""
    rows = connection.execute(sa.select(reminders).where(reminders.c.delegation_id.in_(list(delegation_ids))))
    return {row.delegation_id: Asked(row.asked_at, tuple(map(UUID, row.asked or ()))) for row in rows}


def keep_asked(connection: Connection, delegation_id: UUID, known: Asked) -> None:
    """That its beneficiary asked."""
    said = {"asked_at": known.at, "asked": [str(one) for one in known.of]}
    row = insert(connection, reminders).values({"delegation_id": delegation_id, **said})
    connection.execute(row.on_conflict_do_update(index_elements=["delegation_id"], set_=said))


def last_seen(connection: Connection, adherent_id: UUID, accounts: Collection[UUID]) -> dict[UUID, date]:
    """The last day on which each of these accounts used anything of the adhérent."""
    theirs = (uses.c.adherent_id == adherent_id, uses.c.account_id.in_(list(accounts)))
    last = sa.select(uses.c.account_id, sa.func.max(uses.c.day).label("day")).where(*theirs)
    return {row.account_id: row.day for row in connection.execute(last.group_by(uses.c.account_id))}


def waiting(
    connection: Connection, now: datetime, day: date, limit: int, beside: Collection[UUID]
) -> Sequence[RowMapping]:
    """What waits for a word of its administrators since one of the steps, and nobody was reminded of since: (id,
    adherent_id), the oldest first."""
    reminded = sa.func.coalesce(reminders.c.days, 0)
    late = [sa.and_(table.completed_at <= now - timedelta(days=step), reminded < step) for step in AFTER]
    waits = (*_waits(day), table.completed_at > now - STALE, sa.or_(*late), without(table.id, beside))
    query = sa.select(table.id, table.adherent_id).join_from(delegations, reminders, isouter=True).where(*waits)
    return connection.execute(query.order_by(table.completed_at, table.id).limit(limit)).mappings().all()


def still_waiting(connection: Connection, due: Sequence[RowMapping], day: date) -> list[Delegation]:
    """Those of `due` that are so still once their adhérents are held."""
    return _held(connection, due, *_waits(day))


def mark_reminded(connection: Connection, steps: Mapping[UUID, int]) -> None:
    """That the calendar reminded of these, after so many days each."""
    _mark(connection, reminders, [{"delegation_id": one, "days": days} for one, days in steps.items()])


def ending(connection: Connection, day: date, limit: int, beside: Collection[UUID]) -> Sequence[RowMapping]:
    """What ends soon, and whose holder was not warned of that end as near as it is: (id, adherent_id), the nearest
    first."""
    warned = sa.and_(forewarned.c.delegation_id == table.id, forewarned.c.ends_on == table.last_day)
    near = [
        sa.and_(table.last_day <= day + timedelta(days=step), sa.func.coalesce(forewarned.c.days, step + 1) > step)
        for step in BEFORE
    ]
    ends = (*_ends(day), sa.or_(*near), without(table.id, beside))
    query = sa.select(table.id, table.adherent_id).join_from(delegations, forewarned, warned, isouter=True).where(*ends)
    return connection.execute(query.order_by(table.last_day, table.id).limit(limit)).mappings().all()


def still_ending(connection: Connection, due: Sequence[RowMapping], day: date) -> list[Delegation]:
    """Those of `due` that are so still once their adhérents are held."""
    return _held(connection, due, *_ends(day))


def mark_warned(connection: Connection, steps: Mapping[UUID, tuple[date, int]]) -> None:
    """That the holders of these were warned of that end, so many days before."""
    rows = [{"delegation_id": one, "ends_on": end, "days": days} for one, (end, days) in steps.items()]
    _mark(connection, forewarned, rows)


def _waits(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    told = (table.completed_at.is_not(None), table.confirmed_at.is_(None), table.kind != str(Kind.FONDATEUR))
    return (LIVE, *told, table.last_day >= day, table.last_day >= table.starts_on)


def _ends(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (LIVE, table.confirmed_at.is_not(None), table.starts_on <= day, table.last_day.between(day, day + SOON))


def _held(connection: Connection, due: Sequence[RowMapping], *which: sa.ColumnElement[bool]) -> list[Delegation]:
    lock(connection, {row["adherent_id"] for row in due})
    query = sa.select(delegations).where(table.id.in_([row["id"] for row in due]), *which).order_by(table.id)
    return [delegation_of(row) for row in connection.execute(query).mappings()]


def _mark(connection: Connection, where: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        said = insert(connection, where).values(list(rows))
        names = [name for name in rows[0] if name != "delegation_id"]
        changed = {name: said.excluded[name] for name in names}
        connection.execute(said.on_conflict_do_update(index_elements=["delegation_id"], set_=changed))
