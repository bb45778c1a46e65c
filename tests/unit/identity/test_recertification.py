"""When an address is to be certified again, and who is suspended for want of it (G54)."""

from datetime import UTC, datetime, timedelta

import pytest

from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.recertification import Terms
from services.identity.settings import Settings

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TERMS = Terms(NOW, Lifetimes())


def days(count):
    return timedelta(days=count)


def test_it_is_announced_15_days_before_90_and_suspended_then_g54():
    assert NOW - TERMS.to_announce == days(75)
    assert NOW - TERMS.to_suspend == days(90)
    assert NOW - TERMS.told == days(15)


@pytest.mark.parametrize(
    ("certified", "announced", "ends"),
    [(75, None, 15), (82, 7, 8), (90, 15, 0), (400, None, 15), (400, 10, 5), (80, 200, 15)],
)
def test_the_end_is_after_90_days_and_never_less_than_15_after_the_word_g54(certified, announced, ends):
    told = NOW - days(announced) if announced is not None else None
    assert TERMS.ends(NOW - days(certified), told) == NOW + days(ends)


@pytest.mark.parametrize("wrong", [{"certification_notice_days": 90}, {"certification_link_days": 0}])
def test_a_certification_that_ends_before_it_is_announced_does_not_start(wrong):
    given = {"database_url": "sqlite:///x", "broker_url": "embedded:", "signing_keys": "{}"}
    with pytest.raises(Exception, match="G54"):
        Settings.of(**given, notification_public_key="{}", **wrong)
