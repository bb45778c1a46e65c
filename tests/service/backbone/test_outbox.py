"""What the outbox keeps: the oldest first whatever became of it, how long it waits, and why it was put aside."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from backbone.bus.port import BROKE, REFUSED
from backbone.clock import FixedClock
from backbone.events.lanes import Lane
from backbone.ids import new_id
from backbone.messaging import outbox
from backbone.messaging.relay import Relay
from backbone.store.tables import tables

METADATA = sa.MetaData()
tables(METADATA)
Record = Callable[..., None]


@pytest.fixture
def record(engine: sa.Engine, clock: FixedClock) -> Record:
    """Writes an event of each of these types, in one transaction."""

    def write(*types: str) -> None:
        with engine.begin() as connection:
            rows = [outbox.Row(new_id(), type, {"ce-id": "x"}, "{}", clock.now()) for type in types]
            outbox.write(connection, rows)

    return write


def taken(engine: sa.Engine, clock: FixedClock, limit: int = 10) -> list[outbox.Unsent]:
    """What a relay would take now, and does not."""
    with engine.connect() as connection:
        return outbox.take(connection, limit, clock.now())


class Saying:
    """A bus that answers the same to all."""

    def __init__(self, answer: str = "") -> None:
        self.answer = answer

    def publish(self, messages: Any, timeout: float) -> Any:
        return {one.id: self.answer for one in messages} if self.answer else {}


def test_the_oldest_leaves_first_even_when_it_was_refused_before(
    engine: sa.Engine, clock: FixedClock, record: Record
) -> None:
    record("a.v1", "b.v1", "c.v1")
    first = taken(engine, clock)[0]
    with engine.begin() as connection:
        again = {"attempts": 1, "next_attempt_at": clock.now(), "error": REFUSED}
        outbox.postpone(connection, [{"at_position": first.position, **again}])
    assert [one.type for one in taken(engine, clock)] == ["a.v1", "b.v1", "c.v1"]
    assert [one.type for one in taken(engine, clock, 2)] == ["a.v1", "b.v1"]


def test_what_is_given_back_leaves_in_the_order_in_which_it_was_recorded_behind_what_waits(
    engine: sa.Engine, clock: FixedClock, record: Record
) -> None:
    record("a.v1", "b.v1", "c.v1")
    first, second, _ = taken(engine, clock)
    with engine.begin() as connection:
        for one in (second, first):
            outbox.park(connection, one.position, "no", clock.now())
        outbox.replay(connection)
    assert [(one.type, one.attempts) for one in taken(engine, clock)] == [("c.v1", 0), ("a.v1", 0), ("b.v1", 0)]


def test_one_that_was_put_aside_is_given_back_alone(engine: sa.Engine, clock: FixedClock, record: Record) -> None:
    record("a.v1", "b.v1")
    both = taken(engine, clock)
    with engine.begin() as connection:
        for one in both:
            outbox.park(connection, one.position, "no", clock.now())
        (first, _) = outbox.parked(connection)
        assert [row.type for row in outbox.parked(connection, id=first.id)] == ["a.v1"]
        assert outbox.replay(connection, id=first.id) == 1
        assert outbox.parked_count(connection) == 1
    assert [one.type for one in taken(engine, clock)] == ["a.v1"]


def test_a_long_reason_is_kept_as_far_as_there_is_room(engine: sa.Engine, clock: FixedClock, record: Record) -> None:
    record("bad.v1")
    relay = Relay(engine, Saying(f"{BROKE}: 406 {'x' * 5000}"), clock)
    for _ in range(5):
        relay.step()
        clock.advance(timedelta(minutes=2))
    with engine.connect() as connection:
        (row,) = outbox.parked(connection)
    assert (row.attempts, len(row.error), row.error[:10]) == (5, 200, f"{BROKE}: 406 "[:10])


def test_how_long_the_oldest_of_each_lane_waits_is_known(engine: sa.Engine, clock: FixedClock, record: Record) -> None:
    since = clock.now()
    record("a.v1")
    clock.advance(timedelta(minutes=3))
    record("b.v1")
    with engine.connect() as connection:
        assert outbox.depths(connection) == {Lane.URGENT: (2, since), Lane.BULK: (0, None)}


def test_what_is_refused_waits_longer_each_time_and_a_minute_at_most(
    engine: sa.Engine, clock: FixedClock, record: Record
) -> None:
    record(*["bad.v1"] * 20)
    column = outbox.table().c.next_attempt_at
    waits = list[set[float]]()
    for _ in range(9):
        Relay(engine, Saying(REFUSED), clock).step()
        with engine.connect() as connection:
            dates = connection.execute(sa.select(column)).scalars()
            waits.append({(at - clock.now()).total_seconds() for at in dates})
        clock.advance(timedelta(minutes=2))
    usual = [min(2.0**tried, 60.0) for tried in range(9)]
    assert all(0.8 * wait <= min(drawn) <= max(drawn) <= 1.2 * wait for wait, drawn in zip(usual, waits, strict=True))
    assert all(len(drawn) > 10 for drawn in waits), "they all come back at once"


def test_a_relay_goes_on_at_once_while_its_batches_are_full(
    engine: sa.Engine, clock: FixedClock, record: Record
) -> None:
    record("a.v1", "b.v1", "c.v1")
    relay = Relay(engine, Saying(), clock, batch=2)
    assert [relay.step() for _ in range(3)] == [(2, True), (1, False), (0, False)]
