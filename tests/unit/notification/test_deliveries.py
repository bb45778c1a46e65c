"""The life of a delivery."""

from datetime import UTC, datetime, timedelta

import pytest

from services.notification.domain.deliveries import (
    Outcome,
    Settled,
    Status,
    Verdict,
    abandoned,
    send_before,
    settle,
    wait,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PATIENCE = timedelta(hours=72)


def after(outcome: Outcome, *, attempts: int = 1, age: timedelta = timedelta(0), reason: str = "") -> Settled:
    verdict = Verdict(outcome, reason)
    return settle(verdict, attempts=attempts, ordered_at=NOW - age, now=NOW, patience=PATIENCE)


def test_sent_is_the_end() -> None:
    assert after(Outcome.SENT) == Settled(Status.ENVOYE, None, None)


def test_fa9_a_5xx_is_a_final_failure_with_its_reason() -> None:
    assert after(Outcome.REFUSED, reason="550 unknown") == Settled(Status.ECHEC_DEFINITIF, None, "550 unknown")


def test_fa9_a_4xx_is_tried_again_later_and_later_up_to_15_minutes() -> None:
    waits = [wait(Outcome.REFUSED_FOR_NOW, attempts).total_seconds() for attempts in (1, 2, 3, 9, 10, 60)]
    assert waits == [2, 4, 8, 512, 900, 900]


def test_fa8_an_outage_is_looked_at_again_every_30_seconds_at_most() -> None:
    assert wait(Outcome.AWAY, 60) == timedelta(seconds=30)


def test_a_temporary_refusal_ends_when_patience_does() -> None:
    assert after(Outcome.REFUSED_FOR_NOW, age=PATIENCE).status is Status.ECHEC_DEFINITIF
    assert after(Outcome.AWAY, age=PATIENCE - timedelta(seconds=1)).status is Status.A_ENVOYER


def test_doubt_is_recorded_as_such_and_never_sent_again() -> None:
    assert after(Outcome.DOUBT, reason="no answer").status is Status.UNCONFIRMED


@pytest.mark.parametrize(("repeatable", "status"), [(True, Status.A_ENVOYER), (False, Status.UNCONFIRMED)])
def test_a_crash_between_send_and_record_resends_only_what_is_recognised(repeatable: bool, status: Status) -> None:
    assert abandoned(repeatable=repeatable) is status


def test_a_reason_is_one_bounded_line() -> None:
    assert (
        Verdict(Outcome.REFUSED, "550 no\r\nforged: line\x1b[31m " + "x" * 400).brief
        == ("550 no forged: line [31m " + "x" * 400)[:300]
    )


def test_fa10_a_code_is_not_sent_in_its_last_minute() -> None:
    assert send_before(NOW, timedelta(minutes=1)) == NOW - timedelta(minutes=1)
    assert send_before(None, timedelta(minutes=1)) is None
