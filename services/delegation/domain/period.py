"""The days of a delegation: from the start of its date d'effet to the end of its date de fin, both included (T10)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from contracts.rules import days
from contracts.rules.written import day
from services.delegation.domain.refusals import EndBeforeStartRefused, ImpossibleDayRefused

EARLIEST, LATEST = days.EARLIEST, days.LATEST
FOREVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Period:
    """First and last day; no last day means until closed. An empty period (last before first) is open on no day."""

    starts_on: date
    ends_on: date | None = None

    @property
    def last_day(self) -> date:
        """The last day, or the end of time."""
        return self.ends_on or FOREVER

    def covers(self, day: date) -> bool:
        """True if the delegation may be used on `day`."""
        return self.starts_on <= day <= self.last_day

    def overlaps(self, other: "Period") -> bool:
        """True if some day is in both."""
        return max(self.starts_on, other.starts_on) <= min(self.last_day, other.last_day)

    def gains(self, before: "Period") -> bool:
        """True if some day is in it that was not in `before`."""
        return self.starts_on <= self.last_day and self.meet(before) != self

    def meet(self, bound: "Period") -> "Period":
        """The days that are in both: a sub-delegation is never open when its parent is not (C10)."""
        last = min(self.last_day, bound.last_day)
        return Period(max(self.starts_on, bound.starts_on), None if last == FOREVER else last)

    def after(self, day: date | None) -> "Period":
        """The days that are left when it opens nothing up to `day`; itself for None."""
        return self if day is None else replace(self, starts_on=max(self.starts_on, day + timedelta(days=1)))

    def as_french(self) -> str:
        """« du 23/11/2026 au 31/12/2026 », or « à partir du 23/11/2026 »."""
        first = day(self.starts_on)
        return f"du {first} au {day(self.ends_on)}" if self.ends_on else f"à partir du {first}"


def period_asked(starts_on: date, ends_on: date | None) -> Period:
    """The period a person typed. Raises on a senseless year (AA32) or an end before the start (M10)."""
    for field, asked in (("starts_on", starts_on), ("ends_on", ends_on)):
        if asked is not None and not days.is_possible(asked):
            raise ImpossibleDayRefused(field=field)
    if ends_on is not None and ends_on < starts_on:
        raise EndBeforeStartRefused
    return Period(starts_on, ends_on)
