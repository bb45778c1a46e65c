"""When a monthly DSN is due: the 5th, 15th or 20th of the next month, noon in Paris, moved to the next working day.

Saturdays move too. Sources and vectors: `docs/dsn.md`, « Due dates ».
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from services.dsn.domain.periods import Period

PARIS = ZoneInfo("Europe/Paris")
DUE_DAYS = (5, 15, 20)
NOON = time(12)
CONTRIBUTION_DAYS = 45
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


def easter(year: int) -> date:
    """Easter Sunday of `year`, by the anonymous Gregorian computus."""
    golden, century, rest = year % 19, year // 100, year % 100
    moved = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - moved + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The eleven national holidays of metropolitan France."""
    sunday = easter(year)
    moving = (sunday + timedelta(days=days) for days in _AFTER_EASTER)
    return frozenset((*(date(year, month, day) for month, day in _FIXED), *moving))


def is_worked(day: date) -> bool:
    """Neither Saturday, Sunday nor holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


def due_date(period: Period, due_day: int) -> date:
    """The day the DSN of `period` is due for a site of that `due_day`; ValueError for another one than 5, 15, 20."""
    if due_day not in DUE_DAYS:
        raise ValueError("a DSN is due on the 5th, 15th or 20th")
    following = period.plus(1)
    day = date(following.year, following.month, due_day)
    while not is_worked(day):
        day += timedelta(days=1)
    return day


@cache
def due_at(period: Period, due_day: int) -> datetime:
    """The instant (UTC) of `due_date`: noon in Paris, summer or winter."""
    return datetime.combine(due_date(period, due_day), NOON, PARIS).astimezone(UTC)


@lru_cache(maxsize=4096)
def later(moment: datetime, wait: timedelta) -> datetime:
    """`moment` (UTC) and `wait`, counted in days of Paris: eight days after a noon is a noon, summer or winter."""
    return (moment.astimezone(PARIS) + wait).astimezone(UTC)


def contribution_due_on(period: Period) -> date:
    """When the contributions of `period` are due to the caisse: 45 days after its last day."""
    following = period.plus(1)
    return date(following.year, following.month, 1) + timedelta(days=CONTRIBUTION_DAYS - 1)
