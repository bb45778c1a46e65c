"""Due dates and waits, counted again: by a table of holidays that no code of ours makes, in days of Paris."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

PARIS = ZoneInfo("Europe/Paris")
FRANCE = holidays.country_holidays("FR")
GRACE, OPENING, TIMEOUT = 8, 8, 15  # days: the settings as they come


def noon(day: date) -> datetime:
    """Noon of `day` in Paris."""
    return datetime.combine(day, time(12), PARIS).astimezone(UTC)


def plus(moment: datetime, days: int) -> datetime:
    """The same hour of Paris, `days` later."""
    return (moment.astimezone(PARIS) + timedelta(days=days)).astimezone(UTC)


@cache
def due(period: str, due_day: int) -> datetime:
    """When the DSN of « AAAA-MM » is due."""
    year, month = int(period[:4]), int(period[5:])
    day = date(year + month // 12, month % 12 + 1, due_day)
    while day.weekday() > 4 or day in FRANCE:
        day += timedelta(days=1)
    return noon(day)


def months(first: str, count: int) -> list[str]:
    """`count` months from `first` on."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in range(start, start + count)]
