"""What publishing promises on both adapters: routes, confirms, returns, refusals."""

import threading

from backbone.bus import REFUSED, RETURNED
from tests.bus.conftest import message
from tests.support.ports import eventually


def test_an_event_reaches_every_queue_bound_to_its_type_and_no_other(world, read):
    bus = world.bus()
    left, right = read(bus, world.left), read(bus, world.right)
    both, only = message("thing.both.v1"), message("thing.left.v1")
    assert bus.publisher().publish([both, only], 10) == {}
    eventually(lambda: len(left.got) == 2 and len(right.got) == 1)
    assert left.ids() == [str(both.id), str(only.id)]
    assert right.ids() == [str(both.id)]


def test_an_event_arrives_as_it_was_published(world, read):
    bus = world.bus()
    reader = read(bus, world.left)
    sent = message(body='{"nom": "Émile"}'.encode())
    bus.publisher().publish([sent], 10)
    (got,) = eventually(lambda: reader.got)
    assert (got.headers, got.body, got.routing_key) == (sent.headers, sent.body, sent.type)
    assert got.user_id and not got.redelivered


def test_an_event_nobody_is_bound_to_comes_back_and_its_neighbours_are_confirmed(world, read):
    bus = world.bus()
    reader = read(bus, world.left)
    lost, fine = message("thing.unknown.v1"), message()
    assert bus.publisher().publish([fine, lost, message()], 10) == {lost.id: RETURNED}
    eventually(lambda: len(reader.got) == 2)


def test_a_type_is_matched_whole_never_by_its_beginning(world):
    names = ["thing", "thing.left", "thing.left.v1.more", "thing.left.v11", "#", "thing.*.v1"]
    sent = [message(name) for name in names]
    assert world.bus().publisher().publish(sent, 10) == {each.id: RETURNED for each in sent}


def test_a_forged_user_is_refused_and_nothing_of_it_is_delivered(world, read):
    """A broker refuses a user_id that is not the account's own."""
    bus = world.bus()
    reader = read(bus, world.left)
    forged, fine = message(user="somebody-else"), message()
    assert bus.publisher().publish([forged, fine], 10) == {forged.id: REFUSED}
    eventually(lambda: reader.got)
    assert reader.ids() == [str(fine.id)]


def test_an_empty_batch_is_confirmed_at_once(world):
    assert world.bus().publisher().publish([], 0.1) == {}


def test_a_batch_of_five_thousand_is_confirmed_and_arrives_in_order(world, read):
    bus = world.bus()
    reader = read(bus, world.left)
    sent = [message() for _ in range(5000)]
    assert bus.publisher().publish(sent, 30) == {}
    eventually(lambda: len(reader.got) >= 5000, limit=30)
    assert reader.ids() == [str(each.id) for each in sent]


def test_threads_share_a_publisher_and_each_learns_the_fate_of_its_own(world, read):
    bus = world.bus()
    reader, publisher = read(bus, world.left), bus.publisher()
    fates: list[bool] = []

    def work() -> None:
        lost = message("thing.unknown.v1")
        batch = [message() for _ in range(250)]
        fates.append(publisher.publish([*batch, lost], 30) == {lost.id: RETURNED})

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    eventually(lambda: len(reader.got) >= 1000)
    assert fates == [True] * 4 and len(set(reader.ids())) == 1000
