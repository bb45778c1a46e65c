"""An owner says its whole state again, in a new epoch, after its database was restored; who projects it follows.

First the epoch is raised, so that whatever it says from now on comes after all that it ever said. Then every aggregate
is recorded, a chunk a transaction. Last it says that this was all, and how many there were: whoever has them all ends
what he holds besides. The events are of types that only projections listen to: nobody is written to.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.events.cards import Event, EventCard
from backbone.events.lanes import Lane, in_lane
from backbone.ids import new_id
from backbone.messaging import inbox, outbox
from backbone.messaging.projections import Projection
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.messaging.waiting import NotYet
from backbone.store import epochs

CHUNK = 500
# Records the next aggregates after this id, at most so many, in the order of their ids; says their ids.
Say = Callable[[UnitOfWork, UUID | None, int], Sequence[UUID]]


@dataclass(frozen=True)
class Announcement:
    """What an owner says again: by kind how, and the card {owner, epoch, said, after} that ends it."""

    said_all: EventCard
    kinds: Mapping[str, Say]


class StillComing(NotYet):
    """The end of an announcement came before all that it counts: it waits for it."""


@in_lane(Lane.BULK)
def announce(units: Callable[[], UnitOfWork], announcement: Announcement | None) -> tuple[int, dict[str, int]]:
    """Say everything again: (the new epoch, how many of each kind). It may be cut short, and run again, at any time;
    the service goes on working meanwhile. A service that owns nothing others keep only raises its epoch."""
    with units() as uow:
        former = epochs.own(uow.connection)
        epoch = epochs.raised(uow.connection, uow.now)
        outbox.leave_with(uow.connection, former)
        uow.commit()
    after = new_id()
    if announcement is None:
        return epoch, {}
    said = {kind: sum(_chunks(units, say)) for kind, say in announcement.kinds.items()}
    with units() as uow:
        data = {"owner": announcement.said_all.producer, "epoch": epoch, "said": said, "after": after}
        uow.record(announcement.said_all, sequence=epoch, data=data)
        uow.commit()
    return epoch, said


def _chunks(units: Callable[[], UnitOfWork], say: Say) -> Iterator[int]:
    last: UUID | None = None
    while True:
        with units() as uow:
            ids = say(uow, last, CHUNK)
            uow.commit()
        if not ids:
            return
        last = ids[-1]
        yield len(ids)


def heard_all(event: Event, projections: Sequence[Projection], uow: UnitOfWork) -> int | None:
    """The epoch that `event` ends, when `projections` are to end what was not said in it; None when a later one was
    heard to the end already. Raises StillComing when less is here than was said.

    What was said is counted, not the rows: one that an ordinary event brought meanwhile stands for none that is still
    on its way, waits for another try or is parked."""
    epoch, said = event.data["epoch"], event.data["said"]
    if not epochs.hear(uow.connection, event.source, epoch):
        return None
    for one in projections:
        if _heard(one, event, uow.connection) < said.get(one.kind, 0):
            raise StillComing(one.kind)
    return int(epoch)


def _heard(one: Projection, end: Event, connection: Connection) -> int:
    """How much of the announcement that `end` ends was applied here: each aggregate is one event of a type of its own,
    made by one process between `after` and the end, so their ids are too. Without those (an owner of the version
    before, a kind that ordinary events say again) the rows tell."""
    after: UUID | None = end.data.get("after")
    if after is None or one.stated is None:
        return one.said(connection, end.data["epoch"])
    return inbox.applied(connection, end.source, one.stated, after, end.id)


def page(connection: Any, query: Any, key: Any, after: UUID | None, limit: int) -> list[Any]:
    """The next rows of `query` by `key`: what a `Say` goes through."""
    later = query if after is None else query.where(key > after)
    return list(connection.execute(later.order_by(key).limit(limit)))
