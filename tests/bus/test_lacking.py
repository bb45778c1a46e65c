"""What the broker does not have is said by who needs it, and by nobody else; once it is made, all goes on."""

from collections.abc import Iterator

import pytest

from backbone.bus import CLOSED, Bus, BusAway, make_bus
from tests.bus.conftest import World, message
from tests.support.ports import eventually
from tests.support.rabbitmq import Rabbit

pytestmark = pytest.mark.rabbitmq


@pytest.fixture
def world(rabbitmq: Rabbit) -> Iterator[World]:
    world = World(rabbitmq.url())
    yield world
    world.close()


@pytest.fixture
def bus(world: World) -> Iterator[Bus]:
    """The bus before anything stands on the broker."""
    bus = make_bus(world.url, world.left, world.topology)
    yield bus
    bus.close()


def test_a_publisher_waits_for_its_exchange_and_says_which(world: World, bus: Bus) -> None:
    publisher, sent = bus.publisher(), message()
    with pytest.raises(BusAway, match="no exchange"):
        publisher.wait(1)
    assert publisher.publish([sent], 0.2) == {sent.id: CLOSED}
    assert f"no exchange '{world.mark}'" in bus.lacks() and not bus.reachable()
    publisher.close()
    assert bus.lacks(), "a line that was given up does not make it stand"
    bus.declare(30)
    publisher = bus.publisher()
    publisher.wait(10)
    assert publisher.publish([sent], 10) == {} and bus.lacks() == "" and bus.reachable()


def test_a_consumer_waits_for_its_queue_and_says_which(world: World, bus: Bus) -> None:
    subscriber, publisher = bus.subscriber(world.left), bus.publisher()
    eventually(lambda: f"no queue '{world.left}'" in bus.lacks())
    with pytest.raises(BusAway, match=f"{world.left}.dead"):
        bus.dead_count()
    bus.declare(30)
    publisher.wait(10)
    assert publisher.publish([message()], 10) == {}
    assert eventually(lambda: subscriber.receive(1, 1))
    assert bus.lacks() == "" and bus.reachable()


def test_a_broker_that_is_away_lacks_nothing(world: World) -> None:
    bus = make_bus("amqp://guest:guest@127.0.0.1:1/%2F", world.left, world.topology)
    bus.publisher()
    subscriber = bus.subscriber(world.left)
    assert subscriber.receive(1, 0.3) == []
    assert bus.lacks() == "" and not bus.reachable()
    bus.close()
