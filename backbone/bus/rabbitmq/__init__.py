"""The bus on RabbitMQ, by pika. This package is the only place that imports pika."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep
from typing import Any
from urllib.parse import unquote, urlsplit

import pika
from pika.adapters.utils.connection_workflow import AMQPConnectorException

from backbone.bus.port import BusAway, Delivery, T, Topology, as_it_came, of_lane
from backbone.bus.rabbitmq.declare import declare
from backbone.bus.rabbitmq.link import parameters
from backbone.bus.rabbitmq.publisher import RabbitPublisher
from backbone.bus.rabbitmq.subscriber import RabbitSubscriber
from backbone.bus.rabbitmq.topology import dead_queue, owned_by
from backbone.bus.rabbitmq.ways import taken
from backbone.events.lanes import Lane

__all__ = ["RabbitBus"]
PAUSE = 0.2


class RabbitBus:
    """See the port. Every publisher and subscriber has a connection of its own, made at once, kept for ever."""

    def __init__(self, url: str, service: str, topology: Topology):
        self._way = taken()
        self._url, self._service, self._topology = url, service, topology
        self._account = unquote(urlsplit(url).username or "guest")
        self._given: list[RabbitPublisher | RabbitSubscriber[Any]] = []
        self._keeping = threading.Lock()
        self._lacking: dict[str, str] = {}

    def declare(self, timeout: float = 10.0) -> None:
        """See the port."""
        end = monotonic() + timeout
        while True:
            try:
                return declare(parameters(self._url, self._name("declare")), self._topology)
            except BusAway:
                if monotonic() + PAUSE > end:
                    raise
                sleep(PAUSE)

    def publisher(self) -> RabbitPublisher:
        """See the port."""
        name = self._name("publish")
        return self._keep(RabbitPublisher(self._url, name, self._topology, self._account, self._lacking, self._way))

    def subscriber(
        self,
        service: str,
        read: Callable[[Delivery], T] = as_it_came,  # type: ignore[assignment]
        *,
        lane: Lane = Lane.URGENT,
    ) -> RabbitSubscriber[T]:
        """See the port."""
        queue = of_lane(service, lane)
        name = self._name(f"consume {queue}")
        return self._keep(RabbitSubscriber(self._url, name, queue, read, self._lacking, self._way))

    def dead_letters(self, read: Callable[[Delivery], T] = as_it_came) -> RabbitSubscriber[T]:  # type: ignore[assignment]
        """See the port."""
        return self.subscriber(dead_queue(self._service), read)

    def dead_count(self) -> int:
        """See the port."""
        found = self.depths()
        if dead_queue(self._service) not in found:
            raise BusAway(f"the broker cannot be asked what lies in {dead_queue(self._service)}")
        return found[dead_queue(self._service)]

    def reachable(self) -> bool:
        """See the port: whether every connection in use stands and the broker takes messages. Who has none does not
        reach it: a relay whose own is in doubt makes a new one."""
        used = [one.link for one in self._given if not one.link.closed]
        return bool(used) and all(link.usable.is_set() for link in used)

    def lacks(self) -> str:
        """See the port."""
        return "; ".join(self._lacking.copy().values())

    def depths(self) -> dict[str, int]:
        """See the port: the ready messages of this service's queues and of its dead letters; of those that stand."""
        depths = {}
        try:
            with pika.BlockingConnection(parameters(self._url, self._name("depths"))) as connection:
                for queue in owned_by(self._service):
                    with suppress(pika.exceptions.ChannelClosedByBroker):
                        found = connection.channel().queue_declare(queue, passive=True)
                        depths[queue] = found.method.message_count
        except (pika.exceptions.AMQPError, AMQPConnectorException):  # a frozen broker is the second
            return {}
        return depths

    def close(self) -> None:
        """See the port."""
        for one in self._given:
            one.close()
        self._given.clear()

    def _name(self, use: str) -> str:
        return f"{self._service} {use} {os.getpid()}"

    def _keep(self, one: Any) -> Any:
        with self._keeping:  # the relays and consumers of both lanes ask at once
            self._given = [*(other for other in self._given if not other.link.closed), one]
        return one
