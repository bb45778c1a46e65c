"""A worker's relays and consumers ask for their links at once: readiness counts each of them, and each is closed."""

import threading
from typing import Any

import pytest

from backbone.bus.port import Topology
from backbone.bus.rabbitmq import RabbitBus

NOWHERE = "amqp://nobody:nothing@127.0.0.1:9/"


@pytest.fixture
def bus():
    bus = RabbitBus(NOWHERE, "left", Topology("espace", {}))
    yield bus
    bus.close()


class Slow:
    """A publisher whose link takes its time to say that it is open, and tells when it is asked."""

    def __init__(self, asked: threading.Event, go_on: threading.Event) -> None:
        self.link, self._asked, self._go_on = self, asked, go_on
        self.usable = threading.Event()

    @property
    def closed(self) -> bool:
        if not self._asked.is_set():
            self._asked.set()
            self._go_on.wait(10)
        return False

    def close(self) -> None:
        """Nothing is open."""


def test_two_that_are_made_at_once_are_both_kept(bus: Any) -> None:
    asked, go_on, second_kept = threading.Event(), threading.Event(), threading.Event()
    bus._given = [Slow(asked, go_on)]
    first = threading.Thread(target=bus.publisher)
    first.start()
    assert asked.wait(10)
    second = threading.Thread(target=lambda: (bus.publisher(), second_kept.set()))
    second.start()
    second_kept.wait(0.5)  # as it was: it is kept while the other one still looks, and is forgotten then
    go_on.set()
    first.join(10)
    second.join(10)
    assert len(bus._given) == 3
