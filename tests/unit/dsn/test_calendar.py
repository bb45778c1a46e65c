"""Due dates: the sourced and computed vectors of the reference, and a property over fifty years."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.rules.working_days import REGIONS, holidays_of
from services.dsn.domain.calendar import DUE_DAYS, Calendar, contribution_due_on, due_at, due_date, due_on
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


@pytest.mark.parametrize("region", sorted(REGIONS))
def test_due_date_is_worked_in_its_region_and_close_to_the_nominal_day(region):
    """All of fifty years: the bound of five days is four for who has Good Friday, three for the others."""
    latest = timedelta(0)
    for period in Period(2000, 1).until(Period(2050, 12)):
        for due_day in DUE_DAYS:
            following, due = period.plus(1), due_date(period, due_day, region)
            assert due.weekday() < 5 and due not in holidays_of(region, due.year)
            latest = max(latest, due - date(following.year, following.month, due_day))
    assert timedelta(days=3) <= latest <= timedelta(days=4)


@pytest.mark.parametrize(
    ("region", "period", "due_day", "expected"),
    [
        ("FR", "2044-03", 15, "2044-04-15"),  # Good Friday is worked
        ("57", "2044-03", 15, "2044-04-19"),  # Good Friday, Easter, Easter Monday
        ("6AE", "2044-03", 15, "2044-04-19"),
        ("974", "2029-11", 20, "2029-12-21"),  # abolition of slavery, 20 December
        ("FR", "2029-11", 20, "2029-12-20"),
    ],
)
def test_a_region_has_holidays_of_its_own(region, period, due_day, expected):
    assert due_date(Period.parse(period), due_day, region) == date.fromisoformat(expected)


def test_what_a_caisse_moved_goes_before_the_calendar():
    moved = datetime(2026, 11, 20, 11, tzinfo=UTC)
    calendar = Calendar("FR", {(Period(2026, 10), 15): moved})
    assert calendar.due_at(Period(2026, 10), 15) == moved
    assert calendar.due_at(Period(2026, 10), 5) == due_at(Period(2026, 10), 5)


def test_what_is_due_on_a_day_is_found_by_the_day_it_was_moved_to():
    assert due_on(date(2026, 11, 16)) == [(Period(2026, 10), 15)]  # the 15th is a Sunday
    assert due_on(date(2026, 11, 15)) == []


def test_due_at_is_noon_in_paris_summer_and_winter():
    assert due_at(Period(2026, 5), 15) == datetime(2026, 6, 15, 10, tzinfo=UTC)
    assert due_at(Period(2026, 11), 15) == datetime(2026, 12, 15, 11, tzinfo=UTC)


def test_another_due_day_is_refused():
    with pytest.raises(ValueError, match="5th"):
        due_date(Period(2026, 1), 10)


def test_contributions_are_due_45_days_after_the_month():
    assert contribution_due_on(Period(2022, 1)) == date(2022, 3, 17)
