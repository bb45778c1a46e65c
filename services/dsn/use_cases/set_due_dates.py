"""A caisse moves some of its due dates, or gives them back to the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.overrides import DueDates, overrides_of
from services.dsn.domain.site import Patience
from services.dsn.steps.move_due_dates import move_due_dates


@dataclass(frozen=True)
class SetDueDates:
    """What is said, and when; null when it is said now."""

    dates: Sequence[DueDates]
    said_at: datetime | None = None


def set_due_dates(command: SetDueDates, *, uow: UnitOfWork, patience: Patience) -> dict[str, int]:
    """Keep it; how many due dates were spoken of, and how many sites are to be looked at again.

    NothingDue when nothing is due where it says, UnbearableDueDate when the new one lies out of reach."""
    said_at = command.said_at or uow.now
    said = [one for dates in command.dates for one in overrides_of(dates, patience.region(dates.caisse), said_at)]
    return {"due_dates": len(said), "sites": move_due_dates(said, uow)}
