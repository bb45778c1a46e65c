"""The days of a delegation (T10, M10, AA32)."""

from datetime import date

import pytest
from hypothesis import given

from services.delegation.domain.period import FOREVER, Period, period_asked
from services.delegation.domain.refusals import EndBeforeStartRefused, ImpossibleDayRefused
from tests.unit.delegation.strategies import days, periods


@given(periods, periods, days)
def test_a_day_is_in_the_meet_iff_it_is_in_both(one: Period, other: Period, day: date) -> None:
    assert one.meet(other).covers(day) == (one.covers(day) and other.covers(day))


@given(periods, periods, days)
def test_periods_with_a_day_in_common_overlap(one: Period, other: Period, day: date) -> None:
    if one.covers(day) and other.covers(day):
        assert one.overlaps(other) and other.overlaps(one)


def test_both_ends_are_included_t10() -> None:
    period = Period(date(2026, 11, 23), date(2026, 11, 24))
    assert [period.covers(date(2026, 11, day)) for day in (22, 23, 24, 25)] == [False, True, True, False]


def test_a_date_de_fin_is_optional_g26() -> None:
    assert period_asked(date(2026, 11, 23), None).last_day == FOREVER


def test_one_day_is_enough_m10() -> None:
    assert period_asked(date(2026, 11, 23), date(2026, 11, 23)).ends_on == date(2026, 11, 23)


def test_an_end_before_the_start_is_refused_m10() -> None:
    with pytest.raises(EndBeforeStartRefused, match="La date de fin doit être postérieure ou égale à la date d'effet"):
        period_asked(date(2026, 11, 23), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("start", "end", "field"), [(date(1, 1, 1), None, "starts_on"), (date(2026, 1, 1), FOREVER, "ends_on")]
)
def test_a_senseless_year_is_refused_aa32(start: date, end: date | None, field: str) -> None:
    with pytest.raises(ImpossibleDayRefused) as refused:
        period_asked(start, end)
    assert refused.value.errors[0].field == field


def test_a_clash_is_said_in_french() -> None:
    assert Period(date(2026, 11, 23), date(2026, 12, 31)).as_french() == "du 23/11/2026 au 31/12/2026"
    assert Period(date(2026, 11, 23)).as_french() == "à partir du 23/11/2026"
