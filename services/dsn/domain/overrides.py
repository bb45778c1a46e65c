"""The due dates that a caisse moves: a tolerance for one month, or for whatever is due on one day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.dsn.domain.calendar import DUE_DAYS, PARIS, DueDate, due_on
from services.dsn.domain.periods import Period
from services.dsn.domain.refusals import NothingDue, UnbearableDueDate

LATEST = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class DueDates:
    """What is said: of the DSN of `period`, or of all due on the day `due_on`; of one `due_day` or of all three.

    `due_at` is the new instant; null gives them back to the calendar. `label` says why, for people.
    """

    caisse: str
    period: Period | None
    due_on: date | None
    due_day: int | None
    due_at: datetime | None
    label: str


@dataclass(frozen=True, slots=True)
class Override:
    """One due date of a caisse, moved to `due_at`, or again the one of the calendar (null).

    `said_at` decides between two that speak of the same one: the later counts.
    """

    caisse: str
    period: Period
    due_day: int
    due_at: datetime | None
    label: str
    said_at: datetime


def overrides_of(said: DueDates, region: str, said_at: datetime) -> list[Override]:
    """`said`, due date by due date, for a caisse of `region`. NothingDue when nothing is due there, UnbearableDueDate
    when the new one does not follow its month or lies more than four months after it."""
    places = [one for one in _places(said, region) if said.due_day in (None, one[1])]
    if not places:
        raise NothingDue
    if not all(_bearable(period, said.due_at) for period, _ in places):
        raise UnbearableDueDate
    return [Override(said.caisse, *place, said.due_at, said.label, said_at) for place in places]


def _places(said: DueDates, region: str) -> list[DueDate]:
    if said.due_on is not None:
        return due_on(said.due_on, region)
    return [(said.period, one) for one in DUE_DAYS] if said.period else []


def _bearable(period: Period, due_at: datetime | None) -> bool:
    following = period.plus(1)
    begin = datetime(following.year, following.month, 1, tzinfo=PARIS)
    return due_at is None or begin <= due_at <= begin + LATEST
