"""How an event is heard: whose word it is, what is said of one that fails, and which story goes on."""

from typing import Any

import pytest

from backbone.ids import new_id
from backbone.messaging import inbox
from backbone.messaging.listening import Listening, Outcome
from backbone.messaging.retrying import Retrying
from backbone.messaging.wakeup import Wakeups
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import NOTED
from tests.service.backbone.test_inbox import noted


def heard(under: ServiceUnderTest, listening: Listening, *deliveries: Any) -> Outcome:
    """What a worker makes of them."""
    with under.unit() as uow:
        outcome = listening.apply([listening.read(one) for one in deliveries], uow)
        uow.commit()
    return outcome


def fail(event: Any, *, uow: Any) -> None:
    """Always."""
    raise RuntimeError


def test_what_a_listener_records_names_the_event_that_led_to_it_in_the_same_story(under: ServiceUnderTest) -> None:
    def record(event: Any, *, uow: Any) -> None:
        """One more."""
        uow.record(NOTED, sequence=1, data={"note_id": new_id(), "text": "suite"})

    listening = Listening(under.service.registry, {NOTED.type: record}, under.service.wiring)
    came: Any = noted(under, "début")
    assert heard(under, listening, came).applied == 1
    (event,) = under.recorded()
    assert (event.correlation_id, event.causation_id) == (came.headers["ce-correlationid"], came.headers["ce-id"])


@pytest.mark.parametrize("account", ["", "notification", "?"])
def test_an_account_that_is_not_the_sources_is_forged_be_it_none(under: ServiceUnderTest, account: str) -> None:
    listening = Listening(under.service.registry, {NOTED.type: fail}, under.service.wiring, accounts=True)
    came: Any = noted(under, "faux")
    assert heard(under, listening, came._replace(user_id=account)).parked == 1
    assert under.errors() == ["forged_source"]


def test_what_names_no_source_is_unreadable_and_nobodys_forgery(under: ServiceUnderTest) -> None:
    listening = Listening(under.service.registry, {NOTED.type: fail}, under.service.wiring, accounts=True)
    came: Any = noted(under, "sans source")
    lacking = {name: value for name, value in came.headers.items() if name != "ce-source"}
    assert heard(under, listening, came._replace(headers=lacking, user_id="sample")).parked == 1
    assert [error.partition(":")[0] for error in under.errors()] == ["missing_attribute"]


@pytest.mark.parametrize("back", [False, True], ids=["failed", "suspect"])
def test_who_tries_again_is_woken_when_there_is_something_to_try(under: ServiceUnderTest, back: bool) -> None:
    listening = Listening(under.service.registry, {NOTED.type: fail}, under.service.wiring)
    came: Any = noted(under, "échoue")
    if back:
        came = came._replace(headers={**came.headers, "x-delivery-count": "3"}, redelivered=True)
    wakeups = Wakeups(under.engine)
    woken = wakeups.event(inbox.WAKE)
    wakeups.start()
    try:
        if under.engine.dialect.name == "postgresql":
            assert woken.wait(30)  # it listens: whoever may have called before is heard as well
        woken.clear()
        assert heard(under, listening, came).failed == 1
        assert woken.wait(30)
    finally:
        wakeups.stop()


def test_each_try_of_one_worker_counts(under: ServiceUnderTest) -> None:
    listening = Listening(under.service.registry, {NOTED.type: fail}, under.service.wiring, attempts=4, retry_base=0.0)
    heard(under, listening, noted(under, "échoue"))
    worker = Retrying(listening, under.unit)
    assert [(one.failed, one.parked) for one in (worker.round(most=1) for _ in range(4))] == [(1, 0)] * 3 + [(0, 0)]
    with under.engine.connect() as connection:
        assert [row.attempts for row in inbox.parked(connection)] == [4]
