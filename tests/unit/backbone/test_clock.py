"""Time: aware UTC instants inside, days of Europe/Paris for people (T10)."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from backbone.clock import FixedClock, SystemClock, paris_day


def test_t10_a_day_begins_at_midnight_in_paris_not_in_utc() -> None:
    assert paris_day(datetime(2026, 1, 31, 22, 59, 59, tzinfo=UTC)) == date(2026, 1, 31)
    assert paris_day(datetime(2026, 1, 31, 23, 0, tzinfo=UTC)) == date(2026, 2, 1)


def test_t10_summer_time_moves_the_midnight() -> None:
    assert paris_day(datetime(2026, 7, 31, 22, 0, tzinfo=UTC)) == date(2026, 8, 1)


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1)), st.integers(-12, 14))
def test_the_day_does_not_depend_on_the_zone_the_instant_is_written_in(naive: datetime, hours: int) -> None:
    instant = naive.replace(tzinfo=UTC)
    assert paris_day(instant) == paris_day(instant.astimezone(timezone(timedelta(hours=hours))))


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == clock.now() == datetime(2026, 11, 23, 9, tzinfo=UTC)
    clock.advance(timedelta(minutes=5))
    assert clock.now().minute == 5
