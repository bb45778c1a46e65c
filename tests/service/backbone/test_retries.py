"""What waits in the inbox for another try: how long, in which order, what is kept of it and what is forgotten."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from backbone.bus.port import Delivery
from backbone.ids import new_id
from backbone.messaging import inbox
from backbone.messaging.listening import Listening, Outcome
from backbone.messaging.retrying import Retrying
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import NOTED


class Hearing:
    """A listener that fails while it is told to; `heard` are the texts, in the order of the tries."""

    def __init__(self, under: ServiceUnderTest, *, attempts: int = 50) -> None:
        self.under, self.fails, self.heard = under, True, list[str]()
        self.listening = Listening(
            under.service.registry, {NOTED.type: self.hear}, under.service.wiring, attempts=attempts
        )

    def hear(self, event: Any, *, uow: UnitOfWork) -> None:
        """Once more."""
        self.heard.append(event.data["text"])
        if self.fails:
            raise RuntimeError("x" * 5000)

    def take(self, *texts: str) -> Outcome:
        """These events come from the bus."""
        return self.take_all([self.under.delivery(NOTED, {"note_id": new_id(), "text": text}) for text in texts])

    def take_all(self, deliveries: Sequence[Delivery]) -> Outcome:
        """These come, as they are."""
        with self.under.unit() as uow:
            outcome = self.listening.apply([self.listening.read(one) for one in deliveries], uow)
            uow.commit()
        return outcome

    def replay(self, **chosen: Any) -> int:
        """An operator gives parked events back; how many."""
        with self.under.unit() as uow:
            count = inbox.replay(uow.connection, uow.now, **chosen)
            uow.commit()
        return count

    def parked(self, **chosen: Any) -> list[Any]:
        """What an operator is shown."""
        with self.under.engine.connect() as connection:
            return inbox.parked(connection, **chosen)

    def round(self, **options: Any) -> Outcome:
        """What a worker tries now."""
        return Retrying(self.listening, self.under.unit).round(**options)

    def kept(self, *names: str) -> list[Any]:
        """These columns of all rows, in the order of their ids, which is that of their coming."""
        row = inbox.table().c
        with self.under.engine.connect() as connection:
            return [
                tuple(one) for one in connection.execute(sa.select(*(row[name] for name in names)).order_by(row.id))
            ]


@pytest.fixture
def hearing(under: ServiceUnderTest) -> Hearing:
    return Hearing(under)


def test_each_try_waits_twice_as_long_and_a_quarter_of_an_hour_at_most(hearing: Hearing) -> None:
    hearing.take(*(f"note {number}" for number in range(8)))
    for tried in range(1, 14):
        wait = min(2.0 ** (tried - 1), 900.0)
        drawn = [(at - hearing.under.clock.now()).total_seconds() for (at,) in hearing.kept("next_attempt_at")]
        assert all(0.8 * wait <= one <= 1.2 * wait for one in drawn), f"{tried}: {drawn}"
        assert len(set(drawn)) > 1, "they all come back at once"
        hearing.under.clock.advance(timedelta(minutes=20))
        assert hearing.round().failed == 8


def test_what_was_applied_is_forgotten_but_for_its_id(hearing: Hearing) -> None:
    hearing.take("une fois")
    assert hearing.kept("body") != [(None,)]
    hearing.fails = False
    hearing.under.clock.advance(timedelta(minutes=1))
    assert hearing.round().applied == 1
    columns = ("headers", "body", "error", "next_attempt_at", "parked_at", "applied_at")
    assert hearing.kept(*columns) == [(None, None, None, None, None, hearing.under.clock.now())]


def test_what_has_been_due_for_longest_is_tried_first(hearing: Hearing) -> None:
    for text in ("a", "b", "c"):
        hearing.take(text)
    row = inbox.table().c
    ids = [id for (id,) in hearing.kept("id")]
    with hearing.under.engine.begin() as connection:
        for id, minutes in zip(ids, (1, 3, 2), strict=True):
            at = hearing.under.clock.now() - timedelta(minutes=minutes)
            connection.execute(sa.update(inbox.table()).where(row.id == id).values(next_attempt_at=at))
    hearing.heard.clear()
    hearing.round()
    assert hearing.heard == ["b", "c", "a"]


def test_a_round_ends_after_as_many_as_it_was_told(hearing: Hearing) -> None:
    hearing.take("a", "b", "c")
    hearing.under.clock.advance(timedelta(minutes=1))
    assert hearing.round(most=2).failed == 2
    assert hearing.round(most=2).failed == 1


def test_who_asks_for_what_was_not_tried_gets_nothing_else(hearing: Hearing) -> None:
    hearing.take("échoué")
    came = hearing.under.delivery(NOTED, {"note_id": new_id(), "text": "suspect"})
    hearing.take_all([came._replace(headers={**came.headers, "x-delivery-count": "3"}, redelivered=True)])
    hearing.under.clock.advance(timedelta(hours=1))
    hearing.heard.clear()
    hearing.round(untried=True)
    assert hearing.heard == ["suspect"]


def parked(hearing: Hearing, *texts: str) -> list[Any]:
    """These fail until they are parked, one minute after the other; what an operator is shown."""
    hearing.listening.attempts = 2
    for text in texts:
        hearing.take(text)
        hearing.under.clock.advance(timedelta(minutes=1))
        hearing.round()
    return hearing.parked()


def test_what_is_given_back_has_all_its_tries_again(hearing: Hearing) -> None:
    parked(hearing, "a")
    assert hearing.replay() == 1
    assert hearing.round().failed == 1 and hearing.parked() == []
    hearing.fails = False
    hearing.under.clock.advance(timedelta(minutes=1))
    assert hearing.round().applied == 1


def test_an_operator_is_shown_the_oldest_first_and_gives_back_what_he_names(hearing: Hearing) -> None:
    row, times = inbox.table().c, [one.parked_at for one in parked(hearing, "a", "b", "c")]
    ids = [id for (id,) in hearing.kept("id")]
    with hearing.under.engine.begin() as connection:
        for id, at in zip(ids, (times[1], times[2], times[0]), strict=True):
            connection.execute(sa.update(inbox.table()).where(row.id == id).values(parked_at=at))
    shown = hearing.parked()
    assert [one.id for one in shown] == [ids[2], ids[0], ids[1]]
    assert [one.id for one in hearing.parked(id=shown[1].id)] == [shown[1].id]
    assert hearing.parked(type="other.v1") == [] and hearing.replay(type="other.v1") == 0
    assert hearing.replay(id=shown[1].id, type=NOTED.type) == 1
    assert [one.id for one in hearing.parked()] == [shown[0].id, shown[2].id]


def test_an_error_is_told_by_its_kind_and_its_place_alone(hearing: Hearing) -> None:
    (one,) = parked(hearing, "a")
    assert one.error.startswith("RuntimeError at hear:") and "xxx" not in one.error


def test_the_account_that_a_sender_claims_in_a_header_is_not_the_one_that_the_broker_tells(hearing: Hearing) -> None:
    listening = Listening(
        hearing.under.service.registry, {NOTED.type: hearing.hear}, hearing.under.service.wiring, accounts=True
    )
    came = hearing.under.delivery(NOTED, {"note_id": new_id(), "text": "a"})
    claims = {**came.headers, inbox.USER_ID: "sample"}
    with hearing.under.unit() as uow:
        forged = listening.read(came._replace(headers=claims, user_id="notification"))
        assert listening.apply([forged], uow).parked == 1
        uow.commit()
    hearing.fails = False
    assert hearing.replay() == 1
    assert Retrying(listening, hearing.under.unit).round().parked == 1
    assert hearing.heard == [] and hearing.parked()[0].error == "forged_source"


def test_a_forced_event_stays_forced_while_it_fails_and_is_parked(hearing: Hearing) -> None:
    """However old it is: who forced it once need not be asked at each try."""
    old = hearing.under.delivery(NOTED, {"note_id": new_id(), "text": "vieux"})
    at = (hearing.under.clock.now() - timedelta(days=40)).isoformat()
    hearing.take_all([old._replace(headers={**old.headers, "ce-time": at})])
    assert hearing.replay(force=True) == 1
    assert hearing.round().failed == 1
    hearing.under.clock.advance(timedelta(minutes=1))
    assert hearing.round().failed == 1
    hearing.fails = False
    hearing.under.clock.advance(timedelta(minutes=1))
    assert hearing.round().applied == 1


def test_a_forced_event_stays_forced_when_its_worker_ends_during_a_try(hearing: Hearing) -> None:
    old = hearing.under.delivery(NOTED, {"note_id": new_id(), "text": "vieux"})
    at = (hearing.under.clock.now() - timedelta(days=40)).isoformat()
    hearing.take_all([old._replace(headers={**old.headers, "ce-time": at})])
    assert hearing.replay(force=True) == 1
    real = hearing.listening.try_again
    hearing.listening.try_again = lambda entry, uow: (_ for _ in ()).throw(SystemExit)  # type: ignore[method-assign]
    with pytest.raises(SystemExit):
        hearing.round()
    hearing.listening.try_again = real  # type: ignore[method-assign]
    hearing.fails = False
    assert hearing.round() == Outcome(), "the try that ended its worker has its pause as well"
    hearing.under.clock.advance(timedelta(minutes=1))
    assert hearing.round().applied == 1


def test_what_was_applied_is_counted_by_its_source_its_type_and_where_it_stands(hearing: Hearing) -> None:
    hearing.fails = False
    hearing.take("a", "b", "c", "d")
    first, second, third, last = (id for (id,) in hearing.kept("id"))
    with hearing.under.engine.connect() as connection:
        assert inbox.applied(connection, "sample", NOTED.type, first, last) == 2
        assert inbox.applied(connection, "sample", NOTED.type, first, third) == 1
        assert inbox.applied(connection, "sample", NOTED.type, second, third) == 0
        assert inbox.applied(connection, "identity", NOTED.type, first, last) == 0
        assert inbox.applied(connection, "sample", "note.torn.v1", first, last) == 0
    hearing.fails = True
    hearing.take("e", "f")
    with hearing.under.engine.connect() as connection:
        assert inbox.applied(connection, "sample", NOTED.type, third, new_id()) == 1, "what waits is not applied"


def test_the_mark_of_one_source_is_not_anothers_to_forget(hearing: Hearing) -> None:
    hearing.fails = False
    hearing.take("a")
    ids = [id for (id,) in hearing.kept("id")]
    with hearing.under.engine.begin() as connection:
        inbox.forget(connection, ["identity"], ids)
    assert len(hearing.kept("id")) == 1
    with hearing.under.engine.begin() as connection:
        inbox.forget(connection, ["identity", "sample"], ids)
    assert hearing.kept("id") == []


def test_one_id_of_two_sources_is_two_events(hearing: Hearing) -> None:
    mine = hearing.under.delivery(NOTED, {"note_id": new_id(), "text": "a"})
    theirs = mine._replace(headers={**mine.headers, "ce-source": "identity"})
    assert hearing.take_all([mine]).failed == 1
    assert hearing.take_all([theirs]).parked == 1
    assert hearing.take_all([theirs]).repeated == 1
    assert sorted(hearing.kept("source")) == [("identity",), ("sample",)]
