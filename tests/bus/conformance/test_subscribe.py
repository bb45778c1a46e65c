"""What consuming promises on both adapters: nothing taken is gone before it is acknowledged."""

import threading
from time import monotonic

from backbone.bus import Bus, Message, Subscriber
from tests.bus.conftest import message
from tests.support.ports import eventually, patience


def publish_aside(bus: Bus, messages: list[Message]) -> threading.Thread:
    """Publish without waiting: the embedded bus confirms only what has been acknowledged."""
    thread = threading.Thread(target=bus.publisher().publish, args=(messages, 20), daemon=True)
    thread.start()
    return thread


def take(subscriber: Subscriber, count: int) -> list:
    """Receive exactly `count`, in as many calls as it needs."""
    got: list = []
    eventually(lambda: got.extend(subscriber.receive(count - len(got), 0.2)) or len(got) == count)
    return got


def test_receive_gives_no_more_than_asked_for(world):
    bus = world.bus()
    subscriber = bus.subscriber(world.left)
    publish_aside(bus, [message() for _ in range(5)])
    assert len(take(subscriber, 2)) == 2
    assert len(take(subscriber, 3)) == 3


def test_receive_comes_back_empty_after_its_wait(world):
    subscriber = world.bus().subscriber(world.left)
    begun = monotonic()
    assert subscriber.receive(10, 0.2) == []
    assert 0.1 < monotonic() - begun < 2 * patience()


def test_receive_wakes_as_soon_as_something_comes(world):
    bus = world.bus()
    subscriber = bus.subscriber(world.left)
    threading.Timer(0.2, publish_aside, (bus, [message()])).start()
    begun = monotonic()
    assert len(subscriber.receive(10, 20)) == 1
    assert monotonic() - begun < 10 * patience()


def test_what_was_not_acknowledged_comes_back_when_its_consumer_closes(world):
    bus = world.bus()
    sent = [message() for _ in range(3)]
    first = bus.subscriber(world.left)
    publish_aside(bus, sent)
    take(first, 3)
    first.close()
    again = take(bus.subscriber(world.left), 3)
    assert {each.headers["ce-id"] for each in again} == {str(each.id) for each in sent}
    assert all(each.redelivered for each in again)


def test_it_comes_back_to_the_one_queue_it_was_taken_from(world, read):
    """kombu restores an unacknowledged message to every queue bound to its key; we must not."""
    bus = world.bus()
    right, first = read(bus, world.right), bus.subscriber(world.left)
    publish_aside(bus, [message("thing.both.v1")])
    take(first, 1)
    first.close()
    left = read(bus, world.left)
    eventually(lambda: left.got and right.got)
    assert len(left.got) == 1 and len(right.got) == 1


def test_an_acknowledgement_settles_all_that_was_received_before(world):
    bus = world.bus()
    first = bus.subscriber(world.left)
    sent = [message() for _ in range(5)]
    publish_aside(bus, sent)
    got = take(first, 5)
    first.acknowledge(got[2:3])
    first.close()
    again = take(bus.subscriber(world.left), 2)
    assert [each.headers["ce-id"] for each in again] == [str(each.id) for each in sent[3:]]


def test_acknowledging_nothing_settles_nothing(world):
    bus = world.bus()
    first = bus.subscriber(world.left)
    publish_aside(bus, [message()])
    take(first, 1)
    first.acknowledge([])
    first.close()
    assert len(take(bus.subscriber(world.left), 1)) == 1


def test_an_acknowledgement_of_a_closed_consumer_is_ignored(world):
    bus = world.bus()
    first = bus.subscriber(world.left)
    publish_aside(bus, [message()])
    got = take(first, 1)
    first.close()
    first.acknowledge(got)
    assert len(take(bus.subscriber(world.left), 1)) == 1


def test_what_is_received_is_what_was_read_once_for_each_and_in_order(world):
    bus, sent, seen = world.bus(), [message() for _ in range(5)], []

    def read(delivery):
        seen.append(delivery)
        return delivery.headers["ce-id"]

    subscriber = bus.subscriber(world.left, read)
    publish_aside(bus, sent)
    assert take(subscriber, 5) == [str(each.id) for each in sent] == [each.headers["ce-id"] for each in seen]
    subscriber.acknowledge(seen)
    subscriber.close()
    assert bus.subscriber(world.left).receive(5, 0.5) == []


def test_two_consumers_of_one_queue_share_the_work_and_never_an_event(world, read):
    bus = world.bus()
    one, two = read(bus, world.left), read(world.bus(), world.left)
    assert bus.publisher().publish([message() for _ in range(2000)], 30) == {}
    eventually(lambda: len(one.got) + len(two.got) >= 2000)
    assert len({*one.ids(), *two.ids()}) == 2000 == len(one.got) + len(two.got)


def test_declaring_again_changes_nothing(world):
    bus = world.bus()
    subscriber = bus.subscriber(world.left)
    publish_aside(bus, [message()])
    take(subscriber, 1)
    subscriber.close()
    world.bus(world.right)
    bus.declare()
    assert len(take(bus.subscriber(world.left), 1)) == 1


def test_the_depth_of_the_own_queue_is_known(world):
    bus = world.bus()
    publish_aside(bus, [message() for _ in range(3)])
    eventually(lambda: bus.depths()[world.left] == 3)


def test_a_standing_bus_is_reachable(world):
    bus = world.bus()
    bus.publisher()
    eventually(bus.reachable)
