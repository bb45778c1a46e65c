"""What the embedded bus promises beside the common suite: a confirm means every bound queue is done."""

import secrets
import threading

import pytest

from backbone.bus import TIMEOUT
from tests.bus.conftest import World, message
from tests.support.ports import eventually


@pytest.fixture
def world():
    world = World(f"embedded:{secrets.token_hex(4)}")
    yield world
    world.close()


def test_an_event_is_confirmed_only_when_every_bound_queue_has_acknowledged_it(world, read):
    bus, sent = world.bus(), message("thing.both.v1")
    read(bus, world.left)
    assert bus.publisher().publish([sent], 0.3) == {sent.id: TIMEOUT}
    read(bus, world.right)
    assert bus.publisher().publish([sent], 5) == {}


def test_an_event_still_pending_is_not_queued_twice(world, read):
    bus, sent = world.bus(), message("thing.both.v1")
    for _ in range(3):
        bus.publisher().publish([sent], 0.05)
    reader = read(bus, world.left)
    read(bus, world.right)
    assert bus.publisher().publish([sent], 5) == {}
    assert len(reader.got) == 1


def test_an_event_acknowledged_after_its_publisher_gave_up_is_confirmed_at_the_next_try(world, read):
    bus, sent = world.bus(), message()
    bus.publisher().publish([sent], 0.05)
    reader = read(bus, world.left)
    eventually(lambda: reader.got)
    assert bus.publisher().publish([sent], 5) == {}
    assert len(reader.got) == 1


def test_hubs_of_different_names_do_not_meet(world, read):
    other = World("embedded:another")
    other.mark, other.topology = world.mark, world.topology
    reader = read(other.bus(), world.left)
    threading.Thread(target=world.bus().publisher().publish, args=([message()], 1), daemon=True).start()
    assert len(world.bus().subscriber(world.left).receive(5, 5)) == 1
    assert reader.got == []
    other.close()
