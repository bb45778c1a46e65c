"""Due dates: the sourced and computed vectors of the reference, and a property over fifty years."""

from datetime import UTC, date, datetime, timedelta

import holidays as public_holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dsn.domain.calendar import contribution_due_on, due_at, due_date, holidays, is_worked
from services.dsn.domain.periods import Period

VECTORS = [
    ("2017-05", 5, "2017-06-06"),  # Whit Monday
    ("2022-04", 15, "2022-05-16"),
    ("2022-02", 5, "2022-03-07"),  # a Saturday moves too
    ("2022-02", 15, "2022-03-15"),
    ("2021-09", 15, "2021-10-15"),
    ("2021-10", 5, "2021-11-05"),
    ("2021-10", 15, "2021-11-15"),
    ("2025-12", 5, "2026-01-05"),
    ("2024-04", 5, "2024-05-06"),
    ("2026-07", 15, "2026-08-17"),
    ("2022-10", 5, "2022-11-07"),
]


@pytest.mark.parametrize(("period", "due_day", "expected"), VECTORS)
def test_due_date_is_the_published_one(period, due_day, expected):
    assert due_date(Period.parse(period), due_day) == date.fromisoformat(expected)


@given(st.integers(2000, 2050), st.integers(1, 12), st.sampled_from((5, 15, 20)))
def test_due_date_is_worked_and_close_to_the_nominal_day(year, month, due_day):
    period = Period(year, month)
    due, following = due_date(period, due_day), period.plus(1)
    nominal = date(following.year, following.month, due_day)
    assert is_worked(due)
    assert timedelta(0) <= due - nominal <= timedelta(days=5)


@pytest.mark.parametrize("year", range(2008, 2051))  # Whit Monday was worked from 2005 to 2007, in theory
def test_holidays_are_those_of_the_public_calendar(year):
    assert holidays(year) == set(public_holidays.France(years=year))


def test_due_at_is_noon_in_paris_summer_and_winter():
    assert due_at(Period(2026, 5), 15) == datetime(2026, 6, 15, 10, tzinfo=UTC)
    assert due_at(Period(2026, 11), 15) == datetime(2026, 12, 15, 11, tzinfo=UTC)


def test_another_due_day_is_refused():
    with pytest.raises(ValueError, match="5th"):
        due_date(Period(2026, 1), 10)


def test_contributions_are_due_45_days_after_the_month():
    assert contribution_due_on(Period(2022, 1)) == date(2022, 3, 17)
