"""Real servers for the bus tests, and buses of one's own: every test has its exchange, queues and keys for itself."""

import secrets
import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import amqp
import pytest

from backbone.bus import Bus, Delivery, Message, Topology, make_bus
from backbone.bus.rabbitmq import plain
from backbone.ids import new_id
from tests.support.fixtures import postgres, rabbitmq

__all__ = ["postgres", "rabbitmq"]


class World:
    """One topology on one bus, seen by as many services as a test asks for: `left` and `right` share the key both."""

    def __init__(self, url: str):
        self.url, self.mark = url, f"t{secrets.token_hex(4)}"
        queues = {self.left: ("thing.left.v1", "thing.both.v1"), self.right: ("thing.right.v1", "thing.both.v1")}
        self.topology = Topology(self.mark, queues)
        self._buses: list[Bus] = []

    @property
    def left(self) -> str:
        """The first consuming service."""
        return f"{self.mark}-left"

    @property
    def right(self) -> str:
        """The second consuming service."""
        return f"{self.mark}-right"

    def bus(self, service: str = "") -> Bus:
        """The bus as one process of `service` sees it."""
        self._buses.append(make_bus(self.url, service or self.left, self.topology))
        self._buses[-1].declare(timeout=30)
        return self._buses[-1]

    def close(self) -> None:
        """Close what was handed out."""
        for bus in self._buses:
            bus.close()


class Reader(threading.Thread):
    """A consumer that takes and acknowledges all that comes, as a worker would."""

    def __init__(self, bus: Bus, service: str):
        super().__init__(daemon=True)
        self._subscriber = bus.subscriber(service)
        self._over = threading.Event()
        self.got: list[Delivery] = []
        self.start()

    def run(self) -> None:
        """Receive, keep, acknowledge."""
        while not self._over.is_set():
            deliveries = self._subscriber.receive(500, 0.05)
            self.got += deliveries
            self._subscriber.acknowledge(deliveries)

    def ids(self) -> list[str]:
        """The ids received, in order."""
        return [str(delivery.headers["ce-id"]) for delivery in self.got]

    def stop(self) -> None:
        """Take no more."""
        self._over.set()
        self.join(5)
        self._subscriber.close()


def message(key: str = "thing.left.v1", body: bytes = b"{}", user: str = "", id_: UUID | None = None) -> Message:
    """An event as the outbox would publish it."""
    id_ = id_ or new_id()
    return Message(id_, key, {"ce-id": str(id_), "ce-type": key, "ce-source": "espace/thing"}, body, user)


@pytest.fixture(params=["embedded", "rabbitmq", "rabbitmq, the plain way"])
def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The same world on each adapter, RabbitMQ's by both its ways: what holds on one holds on the others."""
    embedded = request.param == "embedded"
    url = f"embedded:{secrets.token_hex(4)}" if embedded else request.getfixturevalue("rabbitmq").url()
    if request.param == "rabbitmq, the plain way":
        monkeypatch.setattr("backbone.bus.rabbitmq.taken", lambda: plain)
    world = World(url)
    yield world
    world.close()


@pytest.fixture
def witness(rabbitmq: Any) -> Iterator[Any]:
    """A channel of another client library."""
    connection = amqp.Connection(f"127.0.0.1:{rabbitmq.port}", "guest", "guest")
    connection.connect()
    yield connection.channel()
    connection.collect()


@pytest.fixture
def read() -> Iterator[Callable[[Bus, str], Reader]]:
    """Start a reader; it ends with the test."""
    readers: list[Reader] = []

    def start(bus: Bus, service: str) -> Reader:
        readers.append(Reader(bus, service))
        return readers[-1]

    yield start
    for reader in readers:
        reader.stop()
