"""When a monthly DSN is due: the 5th, 15th or 20th of the next month, noon in Paris, moved to the next working day.

Saturdays move too, and the holidays of the caisse's region. What a caisse moved by itself goes before that.
Sources and vectors: `docs/dsn.md`, « Due dates ».
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from contracts.rules.working_days import MAINLAND, is_worked
from services.dsn.domain.periods import Period

PARIS = ZoneInfo("Europe/Paris")
DUE_DAYS = (5, 15, 20)
NOON = time(12)
CONTRIBUTION_DAYS = 45
DueDate = tuple[Period, int]


def due_date(period: Period, due_day: int, region: str = MAINLAND) -> date:
    """The day the DSN of `period` is due for a site of that `due_day`; ValueError for another one than 5, 15, 20."""
    if due_day not in DUE_DAYS:
        raise ValueError("a DSN is due on the 5th, 15th or 20th")
    following = period.plus(1)
    day = date(following.year, following.month, due_day)
    while not is_worked(day, region):
        day += timedelta(days=1)
    return day


def noon(day: date) -> datetime:
    """The instant (UTC) of noon in Paris on `day`, summer or winter."""
    return datetime.combine(day, NOON, PARIS).astimezone(UTC)


@cache
def due_at(period: Period, due_day: int, region: str = MAINLAND) -> datetime:
    """The instant (UTC) of `due_date`: noon in Paris."""
    return noon(due_date(period, due_day, region))


def due_on(day: date, region: str = MAINLAND) -> list[DueDate]:
    """The months and due days whose DSN is due on `day`, usually one or none."""
    period = Period.of(day).plus(-1)
    return [(period, due_day) for due_day in DUE_DAYS if due_date(period, due_day, region) == day]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The due dates of one caisse: the holidays of its region, and those it moved, each to an instant of its own."""

    region: str = MAINLAND
    moved: Mapping[DueDate, datetime] = field(default_factory=dict)

    def due_at(self, period: Period, due_day: int) -> datetime:
        """The instant (UTC) at which the DSN of `period` is due by that `due_day`."""
        usual = due_at(period, due_day, self.region)
        return self.moved.get((period, due_day), usual) if self.moved else usual


@lru_cache(maxsize=4096)
def later(moment: datetime, wait: timedelta) -> datetime:
    """`moment` (UTC) and `wait`, counted in days of Paris: eight days after a noon is a noon, summer or winter."""
    return (moment.astimezone(PARIS) + wait).astimezone(UTC)


def contribution_due_on(period: Period) -> date:
    """When the contributions of `period` are due to the caisse: 45 days after its last day."""
    following = period.plus(1)
    return date(following.year, following.month, 1) + timedelta(days=CONTRIBUTION_DAYS - 1)
