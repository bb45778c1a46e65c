"""The end of an announcement waits for all that it counts, as long as that takes; it is no failed event."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from backbone.events.cards import Event
from backbone.events.lanes import Lane
from backbone.messaging import inbox
from backbone.messaging.announcing import StillComing
from backbone.messaging.listening import Listening, Outcome
from backbone.messaging.retrying import Retrying
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.ports import Wiring
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import NOTED
from tests.service.backbone.test_inbox import noted


class Waiting:
    """A service in which something is still to come."""

    def __init__(self, under: ServiceUnderTest) -> None:
        self.under, self.came, self.asked = under, False, 0
        self.listening = Listening(under.service.registry, {NOTED.type: self.on_noted}, Wiring(), attempts=3)
        with under.unit() as uow:
            self.listening.apply([self.listening.read(noted(under, "la fin"))], uow)  # type: ignore[arg-type]
            uow.commit()

    def on_noted(self, event: Event, *, uow: UnitOfWork) -> None:
        self.asked += 1
        if not self.came:
            raise StillComing("notes")

    def pass_by(self, time: timedelta, each: timedelta = timedelta(seconds=5)) -> Outcome:
        """Rounds of retries until `time` has passed; the last."""
        outcome = Outcome()
        for _ in range(int(time / each)):
            self.under.clock.advance(each)
            outcome = Retrying(self.listening, self.under.unit).round()
        return outcome

    def parked(self) -> int:
        with self.under.unit() as uow:
            return len(inbox.parked(uow.connection))


@pytest.fixture
def waiting(under: ServiceUnderTest) -> Waiting:
    return Waiting(under)


def test_it_waits_for_minutes_and_is_applied_within_a_minute(waiting: Waiting) -> None:
    waiting.pass_by(timedelta(minutes=50), timedelta(seconds=20))
    assert (waiting.parked(), waiting.asked > 30) == (0, True)
    waiting.came = True
    before = waiting.asked
    waiting.pass_by(timedelta(seconds=65))
    assert (waiting.parked(), waiting.asked) == (0, before + 1)


def test_it_is_looked_at_often_in_the_beginning_and_not_all_the_time_later(waiting: Waiting) -> None:
    waiting.pass_by(timedelta(seconds=10), timedelta(seconds=1))
    assert 4 <= waiting.asked <= 11
    waiting.pass_by(timedelta(minutes=40))
    before = waiting.asked
    waiting.pass_by(timedelta(minutes=10))
    assert 9 <= waiting.asked - before <= 11


def test_after_an_hour_somebody_is_told(waiting: Waiting) -> None:
    waiting.pass_by(timedelta(minutes=62))
    assert waiting.parked() == 1


def replay(waiting: Waiting, *, force: bool = False) -> None:
    with waiting.under.unit() as uow:
        assert inbox.replay(uow.connection, uow.now, force=force) == 1
        uow.commit()


def test_once_replayed_it_has_another_hour(waiting: Waiting) -> None:
    waiting.pass_by(timedelta(minutes=62))
    replay(waiting)
    waiting.pass_by(timedelta(minutes=50), timedelta(seconds=20))
    assert waiting.parked() == 0


def test_who_was_told_to_force_it_need_not_be_told_again(waiting: Waiting) -> None:
    waiting.pass_by(timedelta(minutes=62))
    replay(waiting, force=True)
    waiting.pass_by(timedelta(minutes=62))
    replay(waiting)
    with waiting.under.unit() as uow:
        entry = inbox.due(uow.connection, uow.now, Lane.URGENT)
    assert entry is not None and entry.forced


@pytest.mark.parametrize("died", [1, 2])
def test_what_ends_its_process_is_still_counted(waiting: Waiting, died: int) -> None:
    """A try that began and did not end stays counted beside those that only waited."""
    under: Callable[[], UnitOfWork] = waiting.under.unit
    for _ in range(died):
        waiting.under.clock.advance(timedelta(minutes=20))
        with under() as uow:
            entry = inbox.due(uow.connection, uow.now, Lane.URGENT)
            assert entry is not None
            inbox.begin(uow.connection, entry, uow.now, 1.0)
            uow.commit()
    waiting.pass_by(timedelta(minutes=10))
    with under() as uow:
        assert uow.connection.execute(inbox.table().select()).one().attempts == died
