"""The status, computed for any day (G8, D4, T7, T10, C9)."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from services.delegation.domain.period import Period
from services.delegation.domain.status import SHOWN, Facts, State, Status, state_on, usable_on
from tests.unit.delegation.strategies import TODAY, days, facts, periods

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
CONFIRMED = Facts(YESTERDAY, YESTERDAY, TODAY)


def shown(period: Period, known: Facts, day: date) -> Status | None:
    state = state_on(period, known, day)
    return SHOWN[state] if state else None


@pytest.mark.parametrize(
    ("facts", "period", "status"),
    [
        (Facts(TODAY), Period(TODAY), Status.EN_ATTENTE),
        (Facts(TODAY, TODAY), Period(TODAY), Status.EN_ATTENTE),
        (CONFIRMED, Period(TODAY), Status.ACTIF),
        (CONFIRMED, Period(YESTERDAY, TODAY), Status.ACTIF),
        (CONFIRMED, Period(TOMORROW), Status.A_VENIR),
        (CONFIRMED, Period(YESTERDAY, YESTERDAY), Status.INACTIF),
        (Facts(TODAY, TODAY, refused_on=TODAY), Period(TODAY), Status.INACTIF),
        (Facts(YESTERDAY, YESTERDAY, YESTERDAY, closed_on=TODAY), Period(YESTERDAY), Status.INACTIF),
        (Facts(YESTERDAY), Period(YESTERDAY, YESTERDAY), Status.INACTIF),
    ],
)
def test_the_status_shown_today(facts: Facts, period: Period, status: Status) -> None:
    assert shown(period, facts, TODAY) is status


def test_both_waits_show_one_label_and_stay_two_states_d4() -> None:
    assert state_on(Period(TODAY), Facts(TODAY), TODAY) is State.INVITED
    assert state_on(Period(TODAY), Facts(TODAY, TODAY), TODAY) is State.TO_CONFIRM


def test_a_past_day_can_be_asked() -> None:
    closed_since = Facts(TODAY - timedelta(days=9), YESTERDAY, YESTERDAY, closed_on=TODAY)
    period = Period(TODAY - timedelta(days=9))
    asked = [shown(period, closed_since, TODAY - timedelta(days=back)) for back in (10, 9, 1, 0)]
    assert asked == [None, Status.EN_ATTENTE, Status.ACTIF, Status.INACTIF]


@given(periods, facts, days)
def test_usable_only_when_active_and_within_its_days_c9(period: Period, known: Facts, day: date) -> None:
    expected = (
        known.completed_on is not None
        and known.confirmed_on is not None
        and max(known.completed_on, known.confirmed_on, period.starts_on) <= day <= period.last_day
        and not any(fact and fact <= day for fact in (known.refused_on, known.closed_on))
    )
    assert usable_on(period, known, day) == expected
    assert usable_on(period, known, day) == (shown(period, known, day) is Status.ACTIF)


@given(periods, facts, days)
def test_once_inactive_always_inactive(period: Period, known: Facts, day: date) -> None:
    if shown(period, known, day) is Status.INACTIF:
        assert shown(period, known, day + timedelta(days=1)) is Status.INACTIF
