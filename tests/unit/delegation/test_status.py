"""The status, computed for any day (G8, D4, T7, T10, C9)."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from contracts.words.statuses import Statut
from services.delegation.domain.period import Period
from services.delegation.domain.status import SHOWN, Facts, State, state_on, usable_on
from tests.unit.delegation.strategies import TODAY, days, facts, periods

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
CONFIRMED = Facts(YESTERDAY, YESTERDAY, TODAY)


def shown(period: Period, known: Facts, day: date) -> Statut | None:
    state = state_on(period, known, day)
    return SHOWN[state] if state else None


@pytest.mark.parametrize(
    ("facts", "period", "status"),
    [
        (Facts(TODAY), Period(TODAY), Statut.EN_ATTENTE),
        (Facts(TODAY, TODAY), Period(TODAY), Statut.EN_ATTENTE),
        (CONFIRMED, Period(TODAY), Statut.ACTIF),
        (CONFIRMED, Period(YESTERDAY, TODAY), Statut.ACTIF),
        (CONFIRMED, Period(TOMORROW), Statut.A_VENIR),
        (CONFIRMED, Period(YESTERDAY, YESTERDAY), Statut.INACTIF),
        (Facts(TODAY, TODAY, refused_on=TODAY), Period(TODAY), Statut.INACTIF),
        (Facts(YESTERDAY, YESTERDAY, YESTERDAY, closed_on=TODAY), Period(YESTERDAY), Statut.INACTIF),
        (Facts(YESTERDAY), Period(YESTERDAY, YESTERDAY), Statut.INACTIF),
    ],
)
def test_the_status_shown_today(facts: Facts, period: Period, status: Statut) -> None:
    assert shown(period, facts, TODAY) is status


def test_both_waits_show_one_label_and_stay_two_states_d4() -> None:
    assert state_on(Period(TODAY), Facts(TODAY), TODAY) is State.INVITED
    assert state_on(Period(TODAY), Facts(TODAY, TODAY), TODAY) is State.TO_CONFIRM


def test_a_past_day_can_be_asked() -> None:
    closed_since = Facts(TODAY - timedelta(days=9), YESTERDAY, YESTERDAY, closed_on=TODAY)
    period = Period(TODAY - timedelta(days=9))
    asked = [shown(period, closed_since, TODAY - timedelta(days=back)) for back in (10, 9, 1, 0)]
    assert asked == [None, Statut.EN_ATTENTE, Statut.ACTIF, Statut.INACTIF]


@given(periods, facts, days)
def test_usable_only_when_active_and_within_its_days_c9(period: Period, known: Facts, day: date) -> None:
    expected = (
        known.completed_on is not None
        and known.confirmed_on is not None
        and max(known.completed_on, known.confirmed_on, period.starts_on) <= day <= period.last_day
        and not any(fact and fact <= day for fact in (known.refused_on, known.closed_on))
    )
    assert usable_on(period, known, day) == expected
    assert usable_on(period, known, day) == (shown(period, known, day) is Statut.ACTIF)


@given(periods, facts, days)
def test_once_inactive_always_inactive(period: Period, known: Facts, day: date) -> None:
    if shown(period, known, day) is Statut.INACTIF:
        assert shown(period, known, day + timedelta(days=1)) is Statut.INACTIF
