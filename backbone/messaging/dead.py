"""What the broker gave up on (`<service>.dead`): looked at without taking it, or brought back through the inbox."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from backbone.bus.port import Bus, BusAway, Delivery, Subscriber, T
from backbone.events.envelope import suspect
from backbone.messaging.listening import Listening, Read
from backbone.messaging.unit_of_work import UnitOfWork

BATCH = 500
MOST = 1000  # what one look shows: less than the broker hands out at once
PATIENCE = 10.0


def look(bus: Bus, most: int = MOST) -> list[dict[str, Any]]:
    """What lies there, oldest first, without bodies; all of it goes back. BusAway when the bus cannot be asked."""
    waiting = min(most, bus.dead_count())
    subscriber: Subscriber[Delivery] = bus.dead_letters()
    try:
        return [_said(delivery) for batch in _batches(subscriber, waiting) for delivery in batch]
    finally:
        subscriber.close()


def replay(bus: Bus, listening: Listening, units: Callable[[], UnitOfWork]) -> int:
    """Bring all that lies there into the inbox, where each is judged as a first delivery is and tried by itself; how
    many. The broker is told after the commit: a crash brings some twice, which the inbox knows."""
    waiting, brought = bus.dead_count(), 0  # before they are in hand: the broker counts what it may still give
    subscriber = bus.dead_letters(apart)
    try:
        for batch in _batches(subscriber, waiting):
            with units() as uow:
                listening.apply(batch, uow)
                uow.commit()
            subscriber.acknowledge([delivery for delivery, _ in batch])
            brought += len(batch)
    finally:
        subscriber.close()
    return brought


def apart(delivery: Delivery) -> Read:
    """Read as what may end its process: not at all."""
    return delivery, suspect(delivery.headers, delivery.body)


def _batches(subscriber: Subscriber[T], waiting: int) -> Iterator[Sequence[T]]:
    """Deliveries until `waiting` came. BusAway when they do not."""
    while waiting > 0:
        received = subscriber.receive(min(BATCH, waiting), PATIENCE)
        if not received:
            raise BusAway(f"{waiting} dead letters did not come: somebody else has them in hand, or the bus is away")
        waiting -= len(received)
        yield received


def _said(delivery: Delivery) -> dict[str, Any]:
    found = suspect(delivery.headers, delivery.body)
    return {
        "id": found.id,
        "source": found.source,
        "type": found.type,
        "time": delivery.headers.get("ce-time"),
        "reason": delivery.headers.get("x-first-death-reason"),
        "bytes": len(delivery.body),
    }
