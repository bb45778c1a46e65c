"""How far a projection may be believed: whoever owns what decides says every few seconds how much of it has gone out.

A right taken must bite within a minute, bus or no bus. So a projection knows its age, and older than a limit it is not
believed: its owner is asked (`watch.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.events.cards import Event, EventCard
from backbone.messaging import inbox, outbox
from backbone.messaging.listening import FORGED, batch
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.store.database import upsert
from backbone.store.tables import APART

SKEW = 5.0  # seconds that the clocks of two machines may differ
Take = Callable[[Connection, UUID, Any], None]


@dataclass(frozen=True)
class Authority:
    """Who decides here, by which events, and where to ask him.

    `alive` is the card of its sign of life ({owner, as_of}); `path` answers for the bearer of a token, and `take`
    (connection, account, JSON) writes that answer where the events would have written it, or raises ValueError or
    LookupError for what is no answer about that account: whatever stands between may answer 200.
    """

    alive: EventCard
    decides: tuple[str, ...]
    path: str
    take: Take

    @property
    def owner(self) -> str:
        """The service that owns it."""
        return self.alive.producer


def table() -> sa.Table:
    """How far each owner's events are known here, apart from any service's metadata."""
    return APART.authority


def attest(*, units: Callable[[], UnitOfWork], authority: Authority) -> int:
    """Job of the owner: say up to when all that decides has been confirmed by the bus.

    Not « now »: the relay takes batches, several relays overtake each other, and one refused event waits while others
    pass. What is still in the outbox was committed after it was recorded; so everything committed before the oldest
    of it is out, and before this sign of life in every queue. One that was not sent yet is replaced.
    """
    with units() as uow:
        outbox.drop(uow.connection, authority.alive.type)
        waiting = outbox.oldest(uow.connection, authority.decides)
        as_of = min(waiting, uow.now) if waiting else uow.now
        data = {"owner": authority.owner, "as_of": as_of}
        uow.record(authority.alive, sequence=int(uow.now.timestamp() * 1000), data=data)
        uow.commit()
    return 1


@batch
def hear(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Listener of every sign of life: keep the newest of each owner, and of them all one mark in the inbox."""
    newest: dict[str, Event] = {}
    for event in events:
        if event.source not in newest or newest[event.source].data["as_of"] <= event.data["as_of"]:
            newest[event.source] = event
    known = table()
    query = sa.select(known).where(known.c.owner.in_(newest)).order_by(known.c.owner).with_for_update()
    held = {row.owner: row for row in uow.connection.execute(query)}
    forgotten = {event.id for event in events}
    for owner, event in sorted(newest.items()):
        row = held.get(owner)
        if row is not None and row.as_of > event.data["as_of"]:
            continue
        kept = {"owner": owner, "as_of": event.data["as_of"], "event_id": event.id}
        upsert(uow.connection, known, [kept], key=("owner",))
        forgotten.discard(event.id)
        if row is not None and row.event_id != event.id:
            forgotten.add(row.event_id)
    inbox.forget(uow.connection, newest, forgotten)


def ages(connection: Connection, authorities: Sequence[Authority], now: datetime) -> Mapping[str, float]:
    """For each owner, the seconds since when something it decided may be unknown here.

    Infinite when nothing was heard yet, and while one of its events waits for another try or is parked: such an event
    is a hole in the projection, however young the rest is.
    """
    return aged(connection.execute(heard(authorities)).all(), authorities, now)


def heard(authorities: Sequence[Authority]) -> sa.Select[Any]:
    """The question whose rows (owner, as_of, hole) `aged` reads."""
    return _heard(tuple(one.owner for one in authorities), _decided(authorities))


def aged(rows: Sequence[Any], authorities: Sequence[Authority], now: datetime) -> Mapping[str, float]:
    """`ages`, of rows that are there."""
    known = {row.owner: row for row in rows}
    return {one.owner: _age(known.get(one.owner), now) for one in authorities}


def believed(age: float, limit: float) -> bool:
    """Whether a projection of this age decides alone. One from the future tells of a clock that is wrong."""
    return -SKEW <= age <= limit


def _age(row: Any, now: datetime) -> float:
    return float("inf") if row is None or row.hole else float((now - row.as_of).total_seconds())


def _decided(authorities: Sequence[Authority]) -> tuple[str, ...]:
    return tuple(sorted({type for one in authorities for type in one.decides}))


@cache
def _heard(owners: tuple[str, ...], types: tuple[str, ...]) -> sa.Select[Any]:
    known, kept = table(), inbox.table()
    theirs = sa.and_(
        kept.c.source == known.c.owner,
        _one_of(kept.c.type, types),
        sa.or_(kept.c.error.is_(None), kept.c.error != FORGED),  # not theirs: anybody could stop us with it
    )
    # Two questions, for each has a partial index of its own, which is empty as long as all is well.
    retried = sa.exists().where(theirs, kept.c.next_attempt_at.is_not(None))
    parked = sa.exists().where(theirs, kept.c.parked_at.is_not(None))
    hole = sa.or_(retried, parked).label("hole")
    return sa.select(known.c.owner, known.c.as_of, hole).where(_one_of(known.c.owner, owners))


def _one_of(column: sa.Column[str], values: tuple[str, ...]) -> sa.ColumnElement[bool]:
    """Not IN, whose list is written into the statement anew each time it is asked: at every request."""
    return sa.or_(sa.false(), *(column == one for one in values))
