"""The bus on RabbitMQ, by pika. This package is the only place that imports pika."""

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

import pika
from pika.adapters.utils.connection_workflow import AMQPConnectorException

from backbone.bus.port import BusAway, Delivery, T, Topology, as_it_came
from backbone.bus.rabbitmq.link import Link, parameters
from backbone.bus.rabbitmq.publisher import RabbitPublisher
from backbone.bus.rabbitmq.subscriber import RabbitSubscriber
from backbone.bus.rabbitmq.topology import dead_queue

__all__ = ["RabbitBus"]


class RabbitBus:
    """See the port. Every publisher and subscriber has a connection of its own, made at once, kept for ever."""

    def __init__(self, url: str, service: str, topology: Topology):
        self._url, self._service, self._topology = url, service, topology
        self._account = unquote(urlsplit(url).username or "guest")
        self._given: list[RabbitPublisher | RabbitSubscriber[Any]] = []

    def declare(self, timeout: float = 10.0) -> None:
        """See the port. Each connection declares before anything else; this waits until one has."""
        waiter = _Waiter()
        link = Link(self._url, f"{self._service} declare", self._topology, waiter)
        try:
            if not link.usable.wait(timeout):
                raise BusAway(link.reason)
        finally:
            link.close()

    def publisher(self) -> RabbitPublisher:
        """See the port."""
        return self._keep(RabbitPublisher(self._url, self._name("publish"), self._topology, self._account))

    def subscriber(self, service: str, read: Callable[[Delivery], T] = as_it_came) -> RabbitSubscriber[T]:  # type: ignore[assignment]
        """See the port."""
        return self._keep(RabbitSubscriber(self._url, self._name("consume"), self._topology, service, read))

    def dead_letters(self, read: Callable[[Delivery], T] = as_it_came) -> RabbitSubscriber[T]:  # type: ignore[assignment]
        """See the port."""
        return self.subscriber(dead_queue(self._service), read)

    def dead_count(self) -> int:
        """See the port."""
        found = self.depths()
        if not found:
            raise BusAway("the broker cannot be asked what lies in the dead letters")
        return found[dead_queue(self._service)]

    def reachable(self) -> bool:
        """See the port: whether every connection in use stands and the broker takes messages. Who has none does not
        reach it: a relay that lost its own tries in vain to declare."""
        used = [one.link for one in self._given if not one.link.closed]
        return bool(used) and all(link.usable.is_set() for link in used)

    def depths(self) -> dict[str, int]:
        """See the port: the ready messages of this service's queue and of its dead letters."""
        wanted = parameters(self._url, self._name("depths"))
        depths = {}
        try:
            connection = pika.BlockingConnection(wanted)
            channel = connection.channel()
            for queue in (self._service, dead_queue(self._service)):
                depths[queue] = channel.queue_declare(queue, passive=True).method.message_count
            connection.close()
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
        self._given = [other for other in self._given if not other.link.closed]
        self._given.append(one)
        return one


class _Waiter:
    """A user of a link that wants the topology and nothing else."""

    def opened(self, channel: Any) -> None:
        """The topology stands: `usable` says so."""

    def lost(self, refusal: str) -> None:
        """Nothing was under way."""
