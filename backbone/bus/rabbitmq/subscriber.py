"""Consuming from RabbitMQ: deliveries are read as they arrive and wait in memory (at most the prefetch).

The work is done off this thread: while the database has a batch, the next ones are read (docs/performance.md).

Acknowledgements name the connection they belong to: those of a lost one are dropped, because the broker has put
its messages back in the queue and delivers them again.
"""

import threading
from collections import deque
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, Generic

from backbone.bus.port import Delivery, T
from backbone.bus.rabbitmq.link import Link
from backbone.bus.rabbitmq.ways import Way

PREFETCH = 1500  # three batches: one applied, one read, one arriving


class RabbitSubscriber(Generic[T]):
    """One connection consuming `queue`."""

    def __init__(
        self,
        url: str,
        name: str,
        queue: str,
        read: Callable[[Delivery], T],
        lacking: MutableMapping[str, str],
        way: Way,
    ):
        self._way = way
        self._queue, self._read = queue, read
        self._channel: Any = None
        self._connection_number = 0
        self._arrived: deque[T] = deque()
        self._some = threading.Condition()
        self.link = Link(url, name, self, lacking, way.Consuming)

    def receive(self, limit: int, wait: float) -> list[T]:
        """See the port."""
        with self._some:
            if not self._arrived:
                self._some.wait(wait)
            return [self._arrived.popleft() for _ in range(min(limit, len(self._arrived)))]

    def acknowledge(self, deliveries: Sequence[Delivery]) -> None:
        """See the port: one multiple ack for all of them."""
        if deliveries:
            tag = deliveries[-1].tag
            self.link.post(lambda: self._ack(tag))

    def close(self) -> None:
        """See the port."""
        self.link.close()

    def opened(self, channel: Any, ready: Callable[[], None]) -> None:
        """Start consuming on a fresh channel; the broker refuses a queue that is not there, or not ours to read."""
        self._connection_number += 1
        self._channel = channel
        channel.add_on_cancel_callback(lambda _frame: channel.close())
        channel.basic_qos(prefetch_count=PREFETCH)
        self._way.consume(channel, self._queue, self._connection_number, self._take, lambda _frame: ready())

    def lost(self, refusal: str) -> None:
        """What was not handed out yet will come again with the next connection."""
        self._channel = None
        with self._some:
            self._arrived.clear()

    def _take(self, taken: Sequence[Delivery]) -> None:
        read = [self._read(delivery) for delivery in taken]
        with self._some:
            self._arrived.extend(read)
            self._some.notify()

    def _ack(self, tag: Any) -> None:
        number, delivery_tag = tag
        if number == self._connection_number and self._channel is not None and self._channel.is_open:
            self._channel.basic_ack(delivery_tag, multiple=True)
