"""The relay holds nobody up: on SQLite, whose lock is the whole database, a command goes on while the bus is slow."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from backbone.bus.port import BROKE, CLOSED, REFUSED, RETURNED, UNFRAMED, BusAway
from backbone.clock import SystemClock
from backbone.ids import new_id
from backbone.messaging import outbox
from backbone.messaging.relay import Relay
from backbone.store.tables import tables

METADATA = sa.MetaData()
tables(METADATA)


class SlowBus:
    """Confirms nothing before it is told to; then what `answer` says."""

    def __init__(self, answer: str = "") -> None:
        self.asked, self.told, self.answer = threading.Event(), threading.Event(), answer

    def publish(self, messages, timeout):
        self.asked.set()
        assert self.told.wait(30)
        return {message.id: self.answer for message in messages} if self.answer else {}


def write(engine):
    with engine.begin() as connection:
        row = outbox.Row(new_id(), "note.taken.v1", {"ce-id": "x"}, "{}", SystemClock().now())
        outbox.write(connection, [row])


def waiting(engine) -> int:
    with engine.connect() as connection:
        return outbox.waiting(connection)


def test_a_command_is_carried_out_while_the_relay_waits_for_the_bus(engine):
    write(engine)
    bus = SlowBus()
    relaying = threading.Thread(target=Relay(engine, bus, SystemClock()).step)
    relaying.start()
    assert bus.asked.wait(30)
    write(engine)
    assert not bus.told.is_set() and waiting(engine) == 2
    bus.told.set()
    relaying.join(30)
    assert waiting(engine) == 1


def test_what_was_not_confirmed_stays(engine):
    write(engine)
    bus = SlowBus(CLOSED)
    bus.told.set()
    with pytest.raises(BusAway):
        Relay(engine, bus, SystemClock()).step()
    assert waiting(engine) == 1


class Picky:
    """A broker that ends the channel over a batch with a bad event in it, and says no to what it does not like."""

    def __init__(self, answers):
        self.answers, self.sent, self.asked = answers, [], 0

    def publish(self, messages, timeout):
        self.asked += 1
        bad = {one.id: self.answers[one.type] for one in messages if one.type in self.answers}
        if any(reason.startswith(BROKE) for reason in bad.values()):
            return dict.fromkeys((one.id for one in messages), next(iter(bad.values())))
        self.sent += [one.type for one in messages if one.id not in bad]
        return bad


TOO_LARGE = f"{BROKE}: 406 PRECONDITION_FAILED - message size 300000 is larger than max size 262144"


def record(engine, *types):
    with engine.begin() as connection:
        rows = [outbox.Row(new_id(), type, {"ce-id": "x"}, "{}", SystemClock().now()) for type in types]
        outbox.write(connection, rows)


class Running:
    """A clock that a test moves on."""

    def __init__(self):
        self.at = SystemClock().now()

    def now(self):
        self.at += timedelta(minutes=2)
        return self.at


def set_aside(engine):
    with engine.connect() as connection:
        return [(row.type, row.attempts, row.error) for row in outbox.parked(connection)]


@pytest.mark.parametrize("reason", [TOO_LARGE, f"{UNFRAMED}: ValueError"])
def test_what_the_bus_refuses_for_its_own_sake_is_put_aside_after_its_tries_and_the_others_leave_at_once(
    engine, reason
):
    record(engine, "a.v1", "bad.v1", "b.v1")
    bus = Picky({"bad.v1": reason})
    relay = Relay(engine, bus, Running())
    relay.step()
    assert (bus.sent, waiting(engine), set_aside(engine)) == (["a.v1", "b.v1"], 1, [])
    for _ in range(4):
        relay.step()
    assert (waiting(engine), set_aside(engine)) == (0, [("bad.v1", 5, reason)])


@pytest.mark.parametrize("reason", [RETURNED, REFUSED, f"{BROKE}: 403 ACCESS_REFUSED"])
def test_what_may_heal_waits_however_often_it_was_refused(engine, reason):
    record(engine, "a.v1", "bad.v1")
    relay = Relay(engine, Picky({"bad.v1": reason}), Running())
    for _ in range(8):
        relay.step()
    assert (waiting(engine), set_aside(engine)) == (1, [])


def test_a_permission_that_lacks_is_asked_for_once_a_type_and_the_others_leave(engine):
    # One refusal is a channel that the broker ends: a batch of them, one by one, outlasts the rows' transaction.
    record(engine, *["bad.v1"] * 20, "a.v1")
    bus = Picky({"bad.v1": f"{BROKE}: 403 ACCESS_REFUSED"})
    Relay(engine, bus, Running()).step()
    assert (bus.sent, bus.asked, waiting(engine)) == (["a.v1"], 3, 20)


def test_what_was_put_aside_goes_to_the_relay_again_when_an_operator_says_so(engine):
    record(engine, "bad.v1")
    relay = Relay(engine, Picky({"bad.v1": TOO_LARGE}), Running())
    for _ in range(5):
        relay.step()
    with engine.begin() as connection:
        assert (outbox.replay(connection), outbox.replay(connection)) == (1, 0)
    relay = Relay(engine, bus := Picky({}), Running())
    relay.step()
    assert (bus.sent, waiting(engine), set_aside(engine)) == (["bad.v1"], 0, [])


def test_an_owner_does_not_claim_to_have_said_what_was_put_aside(engine):
    record(engine, "bad.v1")
    relay = Relay(engine, Picky({"bad.v1": TOO_LARGE}), Running())
    for _ in range(5):
        relay.step()
    with engine.connect() as connection:
        assert outbox.oldest(connection, ["bad.v1"]) is not None


class Leaving(Picky):
    """It ends the channel over the whole batch, and then it is away."""

    def publish(self, messages, timeout):
        answer = super().publish(messages, timeout)
        return answer if len(messages) > 1 else {message.id: CLOSED for message in messages}


def test_a_bus_that_goes_away_is_not_asked_for_each_of_the_others(engine):
    record(engine, *["bad.v1"] * 20)
    bus = Leaving({"bad.v1": TOO_LARGE})
    with pytest.raises(BusAway):
        Relay(engine, bus, Running()).step()
    assert (bus.asked, waiting(engine)) == (2, 20)


def test_what_is_sent_one_by_one_ends_after_a_while_and_the_others_wait_for_the_next_step(engine, monkeypatch):
    monkeypatch.setattr("backbone.messaging.relay.ALONE_SECONDS", -1.0)
    record(engine, *(f"bad.{number}" for number in range(20)))
    bus = Picky({f"bad.{number}": TOO_LARGE for number in range(20)})
    Relay(engine, bus, Running()).step()
    assert (bus.asked, waiting(engine)) == (2, 20)
