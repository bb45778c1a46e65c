"""C8: five minutes, and not a second more."""

from datetime import UTC, datetime, timedelta

import pytest

from backbone.errors import ReauthenticationNeeded
from backbone.rights.freshness import ensure_fresh

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize("age", [timedelta(0), timedelta(minutes=5), -timedelta(seconds=2)])
def test_c8_a_password_given_five_minutes_ago_is_fresh(age: timedelta) -> None:
    ensure_fresh(NOW - age, NOW)


@pytest.mark.parametrize("given", [None, NOW - timedelta(minutes=5, microseconds=1), NOW - timedelta(hours=7)])
def test_c8_an_older_one_and_none_at_all_are_not(given: datetime | None) -> None:
    with pytest.raises(ReauthenticationNeeded) as refused:
        ensure_fresh(given, NOW)
    assert (refused.value.status, refused.value.slug) == (403, "reauthentification_requise")
    assert refused.value.detail == "Pour votre sécurité, saisissez de nouveau votre mot de passe."
