"""RabbitMQ killed, blocked and restarted under us: the links come back by themselves (FA4, FA6)."""

import threading
from time import monotonic

import pytest

from backbone.bus import CLOSED, TIMEOUT, BusAway, make_bus
from backbone.bus.rabbitmq.link import LONGEST_PAUSE
from tests.bus.conftest import World, message
from tests.support.ports import eventually, patience

pytestmark = [pytest.mark.rabbitmq, pytest.mark.faults]


@pytest.fixture
def world(rabbitmq):
    world = World(rabbitmq.url())
    yield world
    world.close()


def test_after_a_kill_all_confirmed_events_arrive_and_the_link_is_back_in_ten_seconds(world, rabbitmq, read):
    bus = world.bus()
    publisher, sent = bus.publisher(), [message() for _ in range(500)]
    assert publisher.publish(sent[:250], 10 * patience()) == {}
    subscriber = bus.subscriber(world.left)
    held = subscriber.receive(10, 5)
    rabbitmq.kill9()
    eventually(lambda: not bus.reachable())
    assert publisher.publish([sent[0]], 0.1) == {sent[0].id: CLOSED}
    rabbitmq.start()
    up = monotonic()
    assert publisher.publish(sent[250:], 10 * patience()) == {}
    assert monotonic() - up < 10 * patience()
    subscriber.acknowledge(held)  # of the lost connection: ignored, they come again
    got = set()
    eventually(lambda: got.update(d.headers["ce-id"] for d in subscriber.receive(500, 0.2)) or len(got) == 500)
    assert got == {str(each.id) for each in sent}


def test_what_was_on_the_wire_when_the_broker_died_is_said_not_to_be_confirmed(world, rabbitmq):
    publisher, missing = world.bus().publisher(), {}
    sent = [message() for _ in range(20_000)]
    thread = threading.Thread(target=lambda: missing.update(publisher.publish(sent, 30)))
    thread.start()
    rabbitmq.kill9()
    thread.join(30 * patience())
    rabbitmq.start()
    assert missing and set(missing.values()) == {CLOSED}


def test_a_blocked_broker_costs_five_seconds_a_try_and_nothing_afterwards(world, rabbitmq, read):
    """FA6: an alarm blocks publishing connections; the relay must not hang with its rows locked."""
    bus = world.bus()
    publisher, reader, sent = bus.publisher(), read(bus, world.left), [message() for _ in range(10)]
    rabbitmq.alarm(True)
    try:
        begun = monotonic()
        missing = publisher.publish(sent, 1.0)
        assert set(missing.values()) <= {TIMEOUT, CLOSED} and len(missing) == 10
        assert monotonic() - begun < 1.5 * patience()
    finally:
        rabbitmq.alarm(False)
    assert publisher.publish(sent, 10 * patience()) == {}
    eventually(lambda: set(reader.ids()) == {str(each.id) for each in sent})


def test_a_broker_that_is_not_there_is_said_so_within_the_time_given(world):
    bus = make_bus("amqp://guest:guest@127.0.0.1:1/%2F", "thing", world.topology)
    begun = monotonic()
    with pytest.raises(BusAway):
        bus.declare(timeout=0.3)
    sent = message()
    assert bus.publisher().publish([sent], 0.3) == {sent.id: CLOSED}
    assert bus.depths() == {} and not bus.reachable()
    bus.close()
    assert monotonic() - begun < 5 * patience()


def test_the_pause_between_tries_never_passes_the_recovery_goal():
    assert LONGEST_PAUSE <= 5


def test_a_late_confirm_counts_and_nothing_is_sent_twice_on_one_connection(world, rabbitmq, read):
    """A slow broker must not be given the same batch again and again: the relay would never get past it."""
    publisher, sent = world.bus().publisher(), [message() for _ in range(50)]
    publisher.publish([message()], 10)
    rabbitmq.freeze()
    assert set(publisher.publish(sent, 0.2).values()) == {TIMEOUT}
    assert set(publisher.publish(sent, 0.2).values()) == {TIMEOUT}
    rabbitmq.thaw()
    eventually(lambda: publisher.publish(sent, 1) == {}, every=0.2)
    reader = read(world.bus(), world.left)
    eventually(lambda: len(reader.got) >= 51)
    assert len(reader.got) == 51
