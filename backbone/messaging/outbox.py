"""The outbox: events written in the transaction that made them true, and taken from there by the relay.

Rows are chosen by what is unsent, never by a watermark: a slow transaction that commits late must not be skipped.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.events.envelope import EPOCH, LANE
from backbone.events.lanes import Lane
from backbone.store import epochs
from backbone.store.database import one_of, one_of_value
from backbone.store.due import CLOSE
from backbone.store.tables import APART

WAKE = "outbox"
WAKE_BULK = "outbox.bulk"  # its relay sleeps on while there is nothing but urgent events
LONGEST_DELAY = timedelta(minutes=1)  # of a row that the bus did not take
LONGEST_REASON = 200  # characters; a broker says up to 255 beside our own words


@dataclass(frozen=True)
class Row:
    """One event, ready for the wire."""

    id: UUID
    type: str
    headers: Mapping[str, str]
    body: str
    recorded_at: datetime
    lane: Lane = Lane.URGENT


@dataclass(frozen=True)
class Unsent:
    """A row the relay holds (locked), with its place in the table and how often it was tried."""

    position: int
    id: UUID
    type: str
    headers: Mapping[str, str]
    body: bytes
    attempts: int
    lane: Lane


def wake_of(lane: Lane) -> str:
    """What wakes the relay of `lane`."""
    return WAKE if lane is Lane.URGENT else WAKE_BULK


def table() -> sa.Table:
    """The outbox table, apart from any service's metadata."""
    return APART.outbox


def aside() -> sa.Table:
    """The table of what was put aside."""
    return APART.outbox_parked


def write(connection: Connection, rows: Sequence[Row]) -> None:
    """Add `rows` in one statement."""
    connection.execute(
        sa.insert(table()),
        [
            {
                "id": row.id,
                "type": row.type,
                "headers": json.dumps(row.headers),
                "body": row.body,
                "recorded_at": row.recorded_at,
                "bulk": row.lane is Lane.BULK,
            }
            for row in rows
        ],
    )


def take(connection: Connection, limit: int, now: datetime, lane: Lane | None = None) -> list[Unsent]:
    """The oldest unsent rows of `lane` (of both without one) that are due, locked until the transaction ends; rows
    another relay holds are skipped."""
    astray = now + LONGEST_DELAY * 1.2 + CLOSE  # further away than anything is put off: by a clock that was wrong
    rows = connection.execute(_take(lane), {"now": now, "astray": astray, "most": limit})
    return [
        Unsent(position, id, type, stamped(json.loads(headers), epoch, bulk), body.encode(), attempts, _lane(bulk))
        for position, id, type, headers, body, attempts, bulk, epoch in rows
    ]


def stamped(headers: Mapping[str, str], epoch: int | None, bulk: bool = False) -> Mapping[str, str]:
    """The headers with this service's epoch, when it has one, or with their own (`leave_with`), and with the lane,
    which whoever listens is in from then on."""
    if bulk:
        headers = {**headers, LANE: Lane.BULK.value}
    return {EPOCH: str(epoch), **headers} if epoch else headers


def _lane(bulk: bool) -> Lane:
    return Lane.BULK if bulk else Lane.URGENT


def leave_with(connection: Connection, epoch: int) -> None:
    """A new epoch begins: what waits, or was put aside, is of the former one, whenever it leaves. Said in the new one
    it would come after all that was said since of the same aggregate, and open again what was closed."""
    for kept in (table(), aside()):
        first = sa.literal(f'{{"{EPOCH}": "{epoch}", ')
        own = sa.update(kept).where(kept.c.headers.not_like(f'%"{EPOCH}"%'))
        connection.execute(own.values(headers=first + sa.func.substr(kept.c.headers, 2)))


@cache
def _take(lane: Lane | None) -> sa.Select[Any]:
    outbox = table().c
    at = outbox.next_attempt_at
    due = sa.or_(at.is_(None), at <= sa.bindparam("now"), at > sa.bindparam("astray"))
    # Read with the rows, by one statement: an event that was committed after the epoch was raised, which the owner may
    # not have said again, never leaves with the epoch before (docs/decisions/0028).
    epoch = epochs.own_column().label("epoch")
    columns = (outbox.position, outbox.id, outbox.type, outbox.headers, outbox.body, outbox.attempts, outbox.bulk)
    of_lane = {None: sa.true(), Lane.URGENT: sa.not_(outbox.bulk), Lane.BULK: outbox.bulk}[lane]
    oldest = (
        sa.select(*columns, epoch)
        .where(due, of_lane)
        .order_by(outbox.position)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )
    return oldest.with_for_update(skip_locked=True)


def remove(connection: Connection, positions: Sequence[int]) -> None:
    """Forget rows the bus has confirmed."""
    if positions:
        parameters = {"confirmed": one_of_value(connection, table().c.position, positions)}
        connection.execute(_remove(connection.dialect.name), parameters)


@cache
def _remove(dialect: str) -> sa.Delete:
    return sa.delete(table()).where(one_of(dialect, table().c.position, "confirmed"))


def postpone(connection: Connection, failures: Sequence[Mapping[str, object]]) -> None:
    """Keep rows the bus did not take: each failure is {at_position, attempts, next_attempt_at, error}."""
    if failures:
        statement = sa.update(table()).where(table().c.position == sa.bindparam("at_position"))
        kept = [{**failure, "error": str(failure["error"])[:LONGEST_REASON]} for failure in failures]
        connection.execute(statement, kept)


def waiting(connection: Connection) -> int:
    """How many events wait."""
    return sum(count for count, _ in depths(connection).values())


def depths(connection: Connection) -> dict[Lane, tuple[int, datetime | None]]:
    """How many events of each lane wait, and since when the oldest does."""
    outbox = table().c
    query = sa.select(outbox.bulk, sa.func.count(), sa.func.min(outbox.recorded_at)).group_by(outbox.bulk)
    found = {_lane(bulk): (count, oldest) for bulk, count, oldest in connection.execute(query)}
    return {lane: found.get(lane, (0, None)) for lane in Lane}


def oldest(connection: Connection, types: Sequence[str]) -> datetime | None:
    """When the oldest unsent event of these types was recorded, put aside or not; None when all of them are out."""
    asked = (sa.select(sa.func.min(one.c.recorded_at)).where(one.c.type.in_(types)) for one in (table(), aside()))
    found = [at for at in (connection.execute(query).scalar() for query in asked) if at is not None]
    return min(found, default=None)


def park(connection: Connection, position: int, reason: str, now: datetime) -> None:
    """Put the row at `position` aside with the reason: the bus will never have it as it is."""
    row, one = table(), table().c.position == position
    names = ("position", "id", "type", "headers", "body", "recorded_at", "bulk")
    kept = (sa.literal(now, row.c.recorded_at.type), row.c.attempts + 1, sa.literal(reason[:LONGEST_REASON]))
    moved = sa.select(*(row.c[name] for name in names), *kept).where(one)
    connection.execute(sa.insert(aside()).from_select([*names, "parked_at", "attempts", "error"], moved))
    connection.execute(sa.delete(row).where(one))


def parked(connection: Connection, *, id: UUID | None = None) -> list[Any]:
    """What was put aside (rows with id, type, recorded_at, parked_at, attempts, error), oldest first."""
    row = aside().c
    query = sa.select(row.id, row.type, row.recorded_at, row.parked_at, row.attempts, row.error).order_by(row.position)
    return list(connection.execute(query if id is None else query.where(row.id == id)))


def replay(connection: Connection, *, id: UUID | None = None) -> int:
    """Give what was put aside back to the relay, with fresh tries, behind what waits; how many. Twice is harmless."""
    names = ("id", "type", "headers", "body", "recorded_at", "bulk")
    chosen = sa.true() if id is None else aside().c.id == id
    back = sa.select(*(aside().c[name] for name in names)).where(chosen).order_by(aside().c.position)
    connection.execute(sa.insert(table()).from_select(names, back))
    return connection.execute(sa.delete(aside()).where(chosen)).rowcount


def parked_count(connection: Connection) -> int:
    """How many events were put aside."""
    return connection.execute(sa.select(sa.func.count()).select_from(aside())).scalar_one()


def drop(connection: Connection, type: str) -> None:
    """Forget unsent events of `type`, whose next one says more. One that a relay has in hand is left to it."""
    # Two statements: in one, PostgreSQL, which takes this table for empty, asks the inner one again for each row of an
    # import's hundred thousand. Urgent rows alone, for such an event is urgent: those are found by their index.
    row = table().c
    unsent = sa.select(row.position).where(row.type == type, sa.not_(row.bulk)).with_for_update(skip_locked=True)
    remove(connection, connection.execute(unsent).scalars().all())
