"""Two relays on one outbox, two workers that try one event again: at once, and yet its effects are there once."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.bus.port import CLOSED, BusAway, Delivery, Message
from backbone.ids import new_id
from backbone.messaging import inbox, outbox
from backbone.messaging.listening import Listening, Outcome
from backbone.messaging.relay import Relay
from backbone.messaging.retrying import Retrying
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import NOTED, NOTES

NOTHING = Outcome()
TEXTS = [f"note {number}" for number in range(4)]


def texts(under: ServiceUnderTest) -> list[str]:
    with under.engine.connect() as connection:
        return sorted(connection.execute(sa.select(NOTES.c.text)).scalars())


def is_postgresql(under: ServiceUnderTest) -> bool:
    return under.engine.dialect.name == "postgresql"


class Bus:
    """Keeps what it is sent, and answers when it is told to."""

    def __init__(self, answer: str = "", *, slow: bool = False) -> None:
        self.sent: list[Message] = []
        self.answer, self.asked, self.told = answer, threading.Event(), threading.Event()
        if not slow:
            self.told.set()

    def publish(self, messages: Sequence[Message], timeout: float) -> Mapping[UUID, str]:
        self.sent += messages
        self.asked.set()
        assert self.told.wait(60)
        return dict.fromkeys((one.id for one in messages), self.answer) if self.answer else {}

    def arrived(self) -> list[Delivery]:
        """What it brings to who listens."""
        return [Delivery(dict(one.headers), one.body, one.type, "sample", False, None) for one in self.sent]


@contextmanager
def beside(act: Callable[[], Any]) -> Iterator[tuple[threading.Thread, list[Any]]]:
    """`act` in a thread, joined in the end; with what it returned."""
    results = list[Any]()
    thread = threading.Thread(target=lambda: results.append(act()))
    thread.start()
    try:
        yield thread, results
    finally:
        thread.join(60)


def record(under: ServiceUnderTest) -> None:
    with under.unit() as uow:
        for text in TEXTS:
            uow.record(NOTED, sequence=1, data={"note_id": new_id(), "text": text})
        uow.commit()


@pytest.mark.parametrize("batch", [2, 10], ids=["some are left", "none is left"])
def test_two_relays_send_each_event_once_where_rows_are_locked_and_its_effects_are_there_once(
    under: ServiceUnderTest, batch: int
) -> None:
    record(under)
    slow, quick = Bus(slow=True), Bus()
    with beside(Relay(under.engine, slow, under.clock, batch=batch).step):
        assert slow.asked.wait(60)
        with beside(Relay(under.engine, quick, under.clock, batch=batch).step) as (other, _):
            other.join(20)
            assert not other.is_alive(), "a relay waits for the bus of another"
        slow.told.set()
    sent = [one.id for one in (*slow.sent, *quick.sent)]
    assert not is_postgresql(under) or len(sent) == len(set(sent)) == len(TEXTS)
    Relay(under.engine, quick, under.clock).step()
    with under.engine.connect() as connection:
        assert outbox.waiting(connection) == 0
    under.take([*slow.arrived(), *quick.arrived()])
    assert texts(under) == TEXTS


def test_what_a_relay_had_no_word_of_another_sends_again_and_its_effects_are_there_once(
    under: ServiceUnderTest,
) -> None:
    record(under)
    cut, whole = Bus(CLOSED), Bus()
    with pytest.raises(BusAway):
        Relay(under.engine, cut, under.clock).step()
    assert Relay(under.engine, whole, under.clock).step() == (len(TEXTS), False)
    assert [one.id for one in cut.sent] == [one.id for one in whole.sent]
    assert under.take(cut.arrived()).applied == len(TEXTS)
    assert under.take(whole.arrived()).repeated == len(TEXTS)
    assert texts(under) == TEXTS


class Tried:
    """A listener that writes a note, and does with each try what the test says."""

    def __init__(self, under: ServiceUnderTest, during: Callable[[int], None] = lambda count: None) -> None:
        self.under, self.during, self.count = under, during, 0
        service = under.service
        self.listening = Listening(service.registry, {NOTED.type: self.hear}, service.wiring, attempts=9)

    def hear(self, event: Any, *, uow: UnitOfWork) -> None:
        """Once more."""
        self.count += 1
        uow.connection.execute(sa.insert(NOTES).values(id=new_id(), text=event.data["text"]))
        self.during(self.count)

    def round(self, units: Callable[[], UnitOfWork] | None = None) -> Outcome:
        return Retrying(self.listening, units or self.under.unit).round(most=1)


def waits_for_a_try(under: ServiceUnderTest) -> None:
    """An event is kept in the inbox, and due."""
    delivery = under.delivery(NOTED, {"note_id": new_id(), "text": "une fois"})
    again = delivery._replace(headers={**delivery.headers, "x-delivery-count": "3"}, redelivered=True)
    assert under.take([again]).failed == 1


def test_two_workers_that_try_one_event_again_apply_it_once(under: ServiceUnderTest) -> None:
    waits_for_a_try(under)
    trying, go_on = threading.Event(), threading.Event()

    def slowly(count: int) -> None:
        trying.set()
        assert go_on.wait(60)

    tried = Tried(under, slowly)
    with beside(tried.round) as (_, first):
        assert trying.wait(60)
        under.clock.advance(timedelta(hours=1))  # so long that the next try is due while this one is made
        with beside(tried.round) as (other, second):
            other.join(20 if is_postgresql(under) else 0.5)  # SQLite: a writer waits for the one before
            assert not is_postgresql(under) or second == [NOTHING]
            go_on.set()
    assert (first[0].applied, second, tried.count) == (1, [NOTHING], 1)
    assert texts(under) == ["une fois"]


def test_a_worker_whose_try_another_made_meanwhile_lets_it_go(under: ServiceUnderTest) -> None:
    waits_for_a_try(under)

    def fail(count: int) -> None:
        raise RuntimeError

    tried, units = Tried(under, fail), list[UnitOfWork]()

    def stalled() -> UnitOfWork:
        """Its second unit makes the try; before it begins, another worker has counted one and made it."""
        if len(units) == 1:
            under.clock.advance(timedelta(hours=1))
            units.append(under.unit())
            assert tried.round().failed == 1
        units.append(under.unit())
        return units[-1]

    assert tried.round(stalled) == NOTHING
    with under.engine.connect() as connection:
        kept = connection.execute(sa.select(inbox.table().c.attempts)).scalar_one()
    assert (tried.count, kept) == (1, 2)
    assert texts(under) == []
