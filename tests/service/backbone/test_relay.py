"""The relay holds nobody up: on SQLite, whose lock is the whole database, a command goes on while the bus is slow."""

import threading

import pytest
import sqlalchemy as sa

from backbone import outbox
from backbone.bus.port import CLOSED, BusAway
from backbone.clock import SystemClock
from backbone.ids import new_id
from backbone.relay import Relay
from backbone.tables import tables

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
        return outbox.depth(connection)[0]


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
