"""The inbox: the ids of events already applied, in the transaction that applied them; so a repeat has no effect.

An event whose listener failed waits here with its bytes, its error and the time of the next try, then is parked. The
bus is done with it either way: one bad event never blocks the others and never loops.
"""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.bus.port import Delivery
from backbone.events.envelope import lane_of
from backbone.events.lanes import Lane
from backbone.store.database import CHUNK, insert_set, set_parameters
from backbone.store.due import astray
from backbone.store.tables import APART

LONGEST_DELAY = 900.0
SPREAD = 0.2  # by which a delay is drawn shorter or longer
_LONGEST = timedelta(seconds=LONGEST_DELAY * (1 + SPREAD))
WAKE = "inbox"
SUSPECT = "suspect: it came back again and again"  # why an entry waits that no listener has seen
FORCED = "forced: "
BEGUN = "worker_ended: a try began and did not end"  # what stays written of an event that ends its process
USER_ID = "amqp-user-id"  # kept among the headers: what a sender writes under this name is not believed


# What tells two events apart: an integer is compared faster than a UUID, a thousand times a batch.
Key = tuple[int, str]


class Named(Protocol):
    """What the inbox knows something received by."""

    @property
    def id(self) -> UUID:
        """With the source, unique (CloudEvents 1.0)."""

    @property
    def source(self) -> str:
        """The service that recorded it."""

    @property
    def type(self) -> str:
        """The kind of event."""


class Entry(NamedTuple):
    """A received event with all its bytes, as the inbox keeps what is not applied yet."""

    id: UUID
    source: str
    type: str
    headers: Mapping[str, Any]
    body: bytes
    attempts: int = 0
    # The broker account it came from, as the broker says; None in a row that an older version kept.
    user_id: str | None = None
    forced: bool = False  # by an operator: applied however old it is

    @classmethod
    def of(cls, named: Named, kept: "Delivery | Entry") -> "Entry":
        """The entry of what `kept` holds, which is known as `named`."""
        if isinstance(kept, Entry):
            return kept
        return cls(named.id, named.source, named.type, kept.headers, kept.body, user_id=kept.user_id)


def table() -> sa.Table:
    """The inbox table, apart from any service's metadata."""
    return APART.inbox


def key_of(named: Named) -> Key:
    """What tells it from all others."""
    return named.id.int, named.source


def insert_new(connection: Connection, received: Mapping[Key, Named], now: datetime) -> set[Key]:
    """Mark `received` as applied and say which were not known before: only these are to be handled."""
    new, ordered = set[Key](), sorted(received)
    for at in range(0, len(ordered), CHUNK):
        keys = ordered[at : at + CHUNK]
        new.update(_insert(connection, keys, [received[key] for key in keys], now))
    return new


def _insert(connection: Connection, keys: Sequence[Key], entries: Sequence[Named], now: datetime) -> Iterable[Key]:
    columns: dict[str, Sequence[Any]] = {
        "id": [entry.id for entry in entries],
        "source": [entry.source for entry in entries],
        "type": [entry.type for entry in entries],
    }
    parameters = set_parameters(connection, table(), columns, same={"received_at": now, "applied_at": now})
    inserted = connection.execute(_insert_statement(connection.dialect.name), parameters)
    if inserted.rowcount == len(keys):  # the usual case: there is no need to read which
        inserted.close()
        return keys
    return [(id.int, source) for id, source in inserted]


@cache
def _insert_statement(dialect: str) -> Any:
    inbox = table()
    statement = insert_set(dialect, inbox, ("id", "source", "type"), same=("received_at", "applied_at"))
    statement = statement.on_conflict_do_nothing(index_elements=["id", "source"])
    return statement.returning(inbox.c.id, inbox.c.source)


def retry_later(connection: Connection, entry: Entry, error: str, now: datetime, *, attempts: int, base: float) -> None:
    """The listener failed: keep the bytes and try again after a capped, jittered delay, or park after `attempts`."""
    tried = entry.attempts + 1
    error = f"{FORCED}{error}" if entry.forced else error
    if tried >= attempts:
        keep(connection, entry, error, attempts=tried, parked_at=now)
        return
    keep(connection, entry, error, attempts=tried, next_attempt_at=now + _delay(tried, base))


def _delay(tried: int, base: float) -> timedelta:
    seconds = min(base * 2 ** (tried - 1), LONGEST_DELAY) * random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311  (jitter, not a secret)
    return timedelta(seconds=seconds)


def set_apart(connection: Connection, entry: Entry, now: datetime) -> None:
    """Keep `entry` with its bytes, to be tried by itself from here: the bus is done with it."""
    keep(connection, entry, SUSPECT, attempts=0, next_attempt_at=now)


def park(connection: Connection, entry: Entry, reason: str, now: datetime) -> None:
    """Put `entry` aside with all its bytes, for an operator to look at and replay."""
    keep(connection, entry, reason, attempts=entry.attempts, parked_at=now)


def settle(connection: Connection, entry: Entry, now: datetime) -> None:
    """A retried event was applied: forget its bytes."""
    values = {
        "applied_at": now,
        "next_attempt_at": None,
        "parked_at": None,
        "headers": None,
        "body": None,
        "error": None,
    }
    connection.execute(sa.update(table()).where(is_of(entry)).values(values))


def due(connection: Connection, now: datetime, lane: Lane, *, untried: bool = False) -> Entry | None:
    """The event of `lane` whose next try has been due for longest, locked; one that another worker holds is skipped.

    `untried`: only what was not tried before.
    """
    inbox = table()
    at = inbox.c.next_attempt_at
    of_lane = inbox.c.bulk if lane is Lane.BULK else sa.not_(inbox.c.bulk)
    for come in (at <= now, astray(at, now, _LONGEST)):  # apart: each reads its end of the index
        query = sa.select(inbox).where(come, of_lane).order_by(at).limit(1)
        if untried:
            query = query.where(inbox.c.attempts == 0)
        row = connection.execute(query.with_for_update(skip_locked=True)).first()
        if row:
            return _entry(row)
    return None


def begin(connection: Connection, entry: Entry, now: datetime, base: float) -> None:
    """Count a try before it is made: if the process dies of it, the next one knows. Commit before you try."""
    begun: dict[str, Any] = {"attempts": entry.attempts + 1, "next_attempt_at": now + _delay(entry.attempts + 1, base)}
    begun["error"] = f"{FORCED}{BEGUN}" if entry.forced else BEGUN
    connection.execute(sa.update(table()).where(is_of(entry)).values(begun))


def hold(connection: Connection, entry: Entry) -> bool:
    """Lock an entry whose try has begun for as long as it is made; whether it is still ours to make."""
    inbox = table()
    ours = sa.and_(is_of(entry), inbox.c.attempts == entry.attempts + 1, inbox.c.next_attempt_at.is_not(None))
    return connection.execute(sa.select(inbox.c.id).where(ours).with_for_update(skip_locked=True)).first() is not None


def take_back(connection: Connection, entry: Entry, now: datetime) -> None:
    """A try that had begun could not be made, and not for the event's sake: it does not count."""
    inbox = table()
    ours = sa.and_(is_of(entry), inbox.c.attempts == entry.attempts + 1, inbox.c.next_attempt_at.is_not(None))
    connection.execute(sa.update(inbox).where(ours).values(attempts=entry.attempts, next_attempt_at=now))


def next_due(connection: Connection) -> datetime | None:
    """When the next retry is due."""
    return connection.execute(sa.select(sa.func.min(table().c.next_attempt_at))).scalar()


def parked(connection: Connection, *, type: str | None = None, id: UUID | None = None) -> list[Any]:
    """Parked events (rows with id, source, type, parked_at, attempts, error), oldest first."""
    inbox = table()
    columns = (inbox.c.id, inbox.c.source, inbox.c.type, inbox.c.parked_at, inbox.c.attempts, inbox.c.error)
    query = sa.select(*columns).where(inbox.c.parked_at.is_not(None)).order_by(inbox.c.parked_at)
    if type:
        query = query.where(inbox.c.type == type)
    if id:
        query = query.where(inbox.c.id == id)
    return list(connection.execute(query))


def replay(
    connection: Connection, now: datetime, *, type: str | None = None, id: UUID | None = None, force: bool = False
) -> int:
    """Make parked events due again, with fresh attempts; how many. A second call finds none (FA16).

    They are judged as if they came for the first time; `force`: however old they are.
    """
    inbox = table()
    statement = sa.update(inbox).where(inbox.c.parked_at.is_not(None))
    if type:
        statement = statement.where(inbox.c.type == type)
    if id:
        statement = statement.where(inbox.c.id == id)
    forced = {"error": sa.literal(FORCED) + inbox.c.error} if force else {}
    fresh = {"parked_at": None, "attempts": 0, "received_at": now, "next_attempt_at": now}
    return connection.execute(statement.values(**fresh, **forced)).rowcount


def bodies(connection: Connection, keys: Iterable[Key]) -> dict[Key, bytes]:
    """The bodies that are kept here of what `keys` name: of what waits or is parked."""
    inbox, wanted = table(), set(keys)
    kept = sa.select(inbox.c.id, inbox.c.source, inbox.c.body).where(inbox.c.body.is_not(None))
    rows = connection.execute(kept.where(inbox.c.id.in_([UUID(int=id) for id, _ in wanted])))
    return {(row.id.int, row.source): bytes(row.body) for row in rows if (row.id.int, row.source) in wanted}


def counts(connection: Connection) -> dict[str, int]:
    """How many events wait for a retry and how many are parked, for metrics and health."""
    inbox = table()
    waiting = sa.select(sa.func.count()).where(inbox.c.next_attempt_at.is_not(None)).scalar_subquery()
    aside = sa.select(sa.func.count()).where(inbox.c.parked_at.is_not(None)).scalar_subquery()
    retrying, parked_count = connection.execute(sa.select(waiting, aside)).one()
    return {"retrying": retrying, "parked": parked_count}


def applied(connection: Connection, source: str, type: str, after: UUID, before: UUID) -> int:
    """How many events of `type` with ids between these two were applied: not those that wait or are parked."""
    inbox = table()
    between = sa.and_(inbox.c.id > after, inbox.c.id < before, inbox.c.source == source, inbox.c.type == type)
    query = sa.select(sa.func.count()).select_from(inbox).where(between, inbox.c.applied_at.is_not(None))
    return int(connection.execute(query).scalar_one())


def forget(connection: Connection, sources: Iterable[str], ids: Iterable[UUID]) -> None:
    """Forget the marks of applied events that do no harm if they come again."""
    inbox = table()
    theirs = sa.and_(inbox.c.id.in_(list(ids)), inbox.c.source.in_(list(sources)))
    connection.execute(sa.delete(inbox).where(theirs))


def keep(connection: Connection, entry: Entry, error: str, **values: Any) -> None:
    """Keep `entry` with its bytes, not applied: waiting or parked, as `values` say."""
    kept = {
        "applied_at": None,
        "next_attempt_at": None,
        "parked_at": None,
        "error": error[:2000],
        "headers": _headers_of(entry),
        "bulk": lane_of(entry.headers) is Lane.BULK,
        "body": entry.body,
        **values,
    }
    connection.execute(sa.update(table()).where(is_of(entry)).values(kept))


def is_of(entry: Entry) -> sa.ColumnElement[bool]:
    """The row of `entry`."""
    inbox = table()
    return sa.and_(inbox.c.id == entry.id, inbox.c.source == entry.source)


def _headers_of(entry: Entry) -> str:
    headers = {name: str(value) for name, value in entry.headers.items() if name != USER_ID}
    return json.dumps(headers if entry.user_id is None else {**headers, USER_ID: entry.user_id})


def _entry(row: Any) -> Entry:
    headers = json.loads(row.headers)
    user_id = headers.pop(USER_ID, None)
    forced = (row.error or "").startswith(FORCED)
    return Entry(row.id, row.source, row.type, headers, row.body, row.attempts, user_id, forced)
