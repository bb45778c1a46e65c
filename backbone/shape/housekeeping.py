"""What every service forgets in time (old inbox marks, old idempotent answers, revocations of expired tokens), and what
it hears at last: events that a version before could not."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.messaging.inbox import WAKE
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.config import BaseSettings
from backbone.store.tables import APART

ANSWERS_KEPT = timedelta(days=2)
REVOCATIONS_KEPT = timedelta(hours=1)
ROWS_KEPT = timedelta(days=7)  # set aside by a job (`backbone.shape.aside`), and not there any more when it came back
CHUNK = 10_000
UNHEARD = ("no_listener", "unknown_type")  # why a version parks an event that the next one listens to


def purge_backbone(*, units: Callable[[], UnitOfWork], clock: Clock, settings: BaseSettings) -> int:
    """Delete what is no longer needed, in short transactions; how many rows."""
    before = clock.now() - timedelta(days=settings.inbox_days)
    removed = 0
    while True:
        with units() as uow:
            count = purge_inbox(uow.connection, before, CHUNK)
            uow.commit()
        removed += count
        if count < CHUNK:
            return removed + _purge_small(units, clock)


def purge_inbox(connection: Connection, before: datetime, limit: int = 10_000) -> int:
    """Forget events applied before `before`, oldest ids first, `limit` at a time; how many.

    Ids sort by the time they were made, so the primary key finds the old ones without an index of its own.
    """
    inbox = APART.inbox
    oldest = (
        sa.select(inbox.c.id)
        .where(inbox.c.id < _first_id_at(before), inbox.c.applied_at < before)
        .order_by(inbox.c.id)
        .limit(limit)
    )
    return connection.execute(sa.delete(inbox).where(inbox.c.id.in_(oldest), inbox.c.applied_at < before)).rowcount


def _first_id_at(instant: datetime) -> UUID:
    """The smallest UUID version 7 of `instant`: its milliseconds in the first 48 bits."""
    return UUID(int=(int(instant.timestamp() * 1000) << 80) | (0x7 << 76) | (0x8 << 60))


def hear_at_last(*, units: Callable[[], UnitOfWork], types: Iterable[str]) -> int:
    """Make due again what a version that did not listen to `types` yet parked; how many events.

    While two versions take from one queue, a new event comes to either (docs/decisions/0032).
    """
    parked = APART.inbox
    unheard = sa.and_(parked.c.parked_at.is_not(None), parked.c.error.in_(UNHEARD), parked.c.type.in_(list(types)))
    with units() as uow:
        again = {"parked_at": None, "attempts": 0, "received_at": uow.now, "next_attempt_at": uow.now}
        count = uow.connection.execute(sa.update(parked).where(unheard).values(again)).rowcount
        if count:
            uow.wake(WAKE)
            uow.commit()
    return count


def _purge_small(units: Callable[[], UnitOfWork], clock: Clock) -> int:
    ours = APART
    with units() as uow:
        removed = 0
        for table, column, kept in (
            (ours.idempotency, ours.idempotency.c.created_at, ANSWERS_KEPT),
            (ours.revoked_sessions, ours.revoked_sessions.c.revoked_at, REVOCATIONS_KEPT),
        ):
            removed += uow.connection.execute(sa.delete(table).where(column < clock.now() - kept)).rowcount
        gone = sa.and_(ours.job_runs.c.name.contains(":"), ours.job_runs.c.due_at < clock.now() - ROWS_KEPT)
        removed += uow.connection.execute(sa.delete(ours.job_runs).where(gone)).rowcount
        uow.commit()
    return removed
