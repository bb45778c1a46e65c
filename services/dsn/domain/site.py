"""A site déclarant as the months are judged: its life, its due day, its caisse; and the caisse's patience."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from contracts.rules.working_days import MAINLAND
from services.dsn.domain.calendar import Calendar, later
from services.dsn.domain.due_days import in_force
from services.dsn.domain.periods import Period

EVERY = "*"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the caisse waits, under which codes declarations reach it, whose holidays it has
    (`regions`), and how many civil years it keeps beside the current one.

    `neant_waits` are the codes of the caisses that answer a néant, so that theirs waits for it; EVERY for all of them.
    """

    missing_grace: timedelta = timedelta(days=8)
    opening_grace: timedelta = timedelta(days=8)
    crm_timeout: timedelta = timedelta(days=15)
    fund_codes: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    kept_years: int = 5
    neant_waits: frozenset[str] = frozenset()

    def region(self, caisse: str) -> str:
        """The region whose holidays `caisse` has (`contracts/rules/working_days.py`)."""
        return self.regions.get(caisse, MAINLAND)

    def waits_for_neant(self, fund_code: str) -> bool:
        """True when the caisse of `fund_code` answers a néant: without its answer it is still being processed."""
        return fund_code in self.neant_waits or EVERY in self.neant_waits


_MAINLAND = Calendar()


@dataclass(frozen=True, slots=True)
class SiteLife:
    """From which month to which month a site is expected to declare, and how.

    `due_days` says the day of each month (`due_days.py`). `opened_at` is when the site entered the system: months
    already past then get a grace from that instant. `calendar` is the caisse's.
    `withdrawn` sites left the referential: nothing is expected of them.
    """

    siret: str
    fund_code: str
    due_days: Sequence[tuple[Period, int]]
    first_period: Period
    opened_at: datetime
    last_period: Period | None = None
    withdrawn: bool = False
    calendar: Calendar = _MAINLAND

    def expects(self, period: Period) -> bool:
        """True when a declaration is due for `period`."""
        return not self.withdrawn and self.covers(period)

    def covers(self, period: Period) -> bool:
        """True within the life of the site."""
        return self.first_period <= period and (self.last_period is None or period <= self.last_period)

    def due_at(self, period: Period) -> datetime:
        """When the declaration of `period` is due."""
        return self.calendar.due_at(period, in_force(self.due_days, period))

    def awaited_until(self, period: Period, patience: Patience) -> datetime:
        """When the wait for the declaration of `period` ends: the caisse's grace, or that of a site that is new."""
        due = self.due_at(period)
        return max(later(due, patience.missing_grace), later(self.opened_at, patience.opening_grace))

    def declares_by(self, period: Period, due_day: int) -> bool:
        """True when `period` is of its life, and `due_day` its day for it."""
        return self.covers(period) and in_force(self.due_days, period) == due_day
