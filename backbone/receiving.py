"""Batches from the bus, read and ready to be applied: while the database works on a full one, the next is read.

Decoding is a third of what an event costs; the database's part of it leaves the interpreter free. A batch that is not
full is taken as it comes, with no other thread in its way.
"""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from backbone.bus.port import Delivery, Subscriber
from backbone.events import Event
from backbone.inbox import Entry

BATCH = 500


class Read(NamedTuple):
    """A delivery as it was understood: its event, or why there is none."""

    entry: Entry
    event: Event | None
    reason: str


class Received(NamedTuple):
    """One batch: what is acknowledged, and what is applied."""

    deliveries: Sequence[Delivery]
    read: Sequence[Read]


def batches(subscriber: Subscriber, read: Callable[[Delivery], Read], wait: float) -> Generator[Received, None, None]:
    """Batches of at most `BATCH`, for ever; an empty one when none came within `wait` seconds."""

    def receive(seconds: float) -> Received:
        deliveries = subscriber.receive(BATCH, seconds)
        return Received(deliveries, [read(delivery) for delivery in deliveries])

    with ThreadPoolExecutor(1, thread_name_prefix="read ahead") as ahead:
        received = receive(wait)
        while True:
            following = ahead.submit(receive, 0) if len(received.deliveries) == BATCH else None
            yield received
            received = following.result() if following else Received((), ())
            if not received.deliveries:
                received = receive(wait)
