"""What is said of an invitation whose link was opened: on which day, beside what was said before (K6)."""

from datetime import UTC, datetime, timedelta

from services.delegation.domain.invitation import Standing, in_words

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
OPENED = AT + timedelta(days=1, hours=14, minutes=30)  # on the 25th, in Paris
UNTIL = AT + timedelta(days=7)


def said(now: datetime = OPENED, **facts: datetime | None) -> str:
    return in_words(Standing(**{"expires_at": UNTIL, "sent_at": AT, "opened_at": OPENED, **facts}), AT, now)  # type: ignore[arg-type]


def test_the_day_of_paris_stands_between_sent_and_expires() -> None:
    assert said() == "Invitation envoyée le 23/11/2026, lien ouvert le 25/11/2026, expire le 30/11/2026"


def test_one_that_expired_unused_says_that_it_was_opened() -> None:
    assert said(UNTIL) == "Invitation expirée le 30/11/2026, lien ouvert le 25/11/2026"


def test_one_whose_mail_is_not_told_of_yet_says_it_as_well() -> None:
    assert said(sent_at=None) == "Invitation demandée le 23/11/2026, lien ouvert le 25/11/2026"


def test_nothing_is_said_of_one_that_nobody_opened() -> None:
    assert "ouvert" not in said(opened_at=None) + said(UNTIL, opened_at=None) + said(opened_at=None, sent_at=None)
