"""The lanes on both adapters (decision 31): what is urgent passes what is bulk, and nothing bulk is ever lost."""

from dataclasses import replace

from backbone.bus import RETURNED
from backbone.events.lanes import Lane
from tests.bus.conformance.test_subscribe import publish_aside, take
from tests.bus.conftest import message
from tests.support.ports import eventually


def bulk(key="thing.left.v1"):
    return replace(message(key), lane=Lane.BULK)


def test_an_urgent_event_does_not_stand_behind_the_bulk_ones(world):
    bus = world.bus()
    publish_aside(bus, [bulk() for _ in range(300)])
    eventually(lambda: sum(bus.depths().values()) == 300)
    urgent = message()
    publish_aside(bus, [urgent])
    (got,) = take(bus.subscriber(world.left), 1)
    assert got.headers["ce-id"] == str(urgent.id)
    assert len(take(bus.subscriber(world.left, lane=Lane.BULK), 300)) == 300


def test_a_bulk_event_reaches_the_bulk_queue_of_every_service_bound_to_it(world):
    bus = world.bus()
    publish_aside(bus, [bulk("thing.both.v1")])
    for service in (world.left, world.right):
        assert len(take(bus.subscriber(service, lane=Lane.BULK), 1)) == 1
        assert bus.subscriber(service).receive(1, 0.2) == []


def test_a_bulk_event_waits_for_a_service_that_does_not_read_that_queue_yet(world, read):
    """The version before reads the queue that bears its name and no other."""
    bus, sent = world.bus(), [bulk("thing.both.v1") for _ in range(3)]
    publish_aside(bus, sent)
    newer = bus.subscriber(world.right, lane=Lane.BULK)
    newer.acknowledge(take(newer, 3))
    former = read(bus, world.left)
    eventually(lambda: bus.depths() and max(bus.depths().values()) == 3)
    assert former.got == []
    upgraded = bus.subscriber(world.left, lane=Lane.BULK)
    assert {one.headers["ce-id"] for one in take(upgraded, 3)} == {str(one.id) for one in sent}


def test_a_bulk_event_nobody_is_bound_to_comes_back(world):
    lost = bulk("thing.unknown.v1")
    assert world.bus().publisher().publish([lost], 10) == {lost.id: RETURNED}
