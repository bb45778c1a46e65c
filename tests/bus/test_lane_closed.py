"""While the version before runs, no queue is bound to the bulk exchange: what is bulk goes the way that both know."""

from dataclasses import replace
from itertools import product

import pytest

from backbone.bus import RETURNED
from backbone.bus.port import of_lane
from backbone.events.lanes import Lane
from tests.bus.conftest import World, message
from tests.support.ports import eventually


@pytest.fixture
def closed(rabbitmq, witness):
    """A bus whose bulk lane is not open yet, as scripts/broker_upgrade.py leaves it."""
    world = World(rabbitmq.url())
    bus = world.bus()  # which makes everything stand, the bindings of the lane too
    exchange = of_lane(world.mark, Lane.BULK)
    for service, key in product(world.topology.queues, ("thing.left.v1", "thing.both.v1", "thing.right.v1")):
        witness.queue_unbind(of_lane(service, Lane.BULK), exchange, key)
    yield world, bus
    world.close()


def test_what_is_bulk_reaches_the_queue_that_the_version_before_reads(closed, read):
    world, bus = closed
    sent = replace(message("thing.both.v1"), lane=Lane.BULK)
    assert bus.publisher().publish([sent], 10) == {}
    for service in (world.left, world.right):
        reader = read(bus, service)
        assert eventually(lambda one=reader: one.ids()) == [str(sent.id)]
    assert bus.depths()[of_lane(world.left, Lane.BULK)] == 0


def test_what_no_queue_takes_on_either_way_comes_back(closed):
    _, bus = closed
    lost = replace(message("thing.unknown.v1"), lane=Lane.BULK)
    assert bus.publisher().publish([lost], 10) == {lost.id: RETURNED}


def test_while_some_queues_of_a_lane_are_bound_the_others_get_nothing_so_no_relay_runs_then(closed, witness):
    """Why docs/operations.md opens the lanes while the workers are stopped: the way round is for what nobody takes."""
    world, bus = closed
    witness.queue_bind(of_lane(world.left, Lane.BULK), of_lane(world.mark, Lane.BULK), "thing.both.v1")
    sent = replace(message("thing.both.v1"), lane=Lane.BULK)
    assert bus.publisher().publish([sent], 10) == {}
    eventually(lambda: bus.depths()[of_lane(world.left, Lane.BULK)] == 1)
    assert bus.subscriber(world.right).receive(1, 1.0) == []
    assert bus.subscriber(world.right, lane=Lane.BULK).receive(1, 1.0) == []
