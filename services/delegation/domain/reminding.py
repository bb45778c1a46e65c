"""When the administrators of a delegation that waits are reminded of it: by the calendar, and by who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

PAUSE = timedelta(hours=48)  # between two that a beneficiary asks for
STEPS = (2, 7)  # days after which the calendar reminds, once each
STALE = timedelta(days=14)  # what waits for so long is reminded of no more: both know


@dataclass(frozen=True)
class Asked:
    """What the beneficiary of a delegation asked: when last, and of which accounts, in that order."""

    at: datetime | None = None
    of: Sequence[UUID] = ()

    def next_at(self) -> datetime | None:
        """From when on he may ask again; None: he never did."""
        return self.at + PAUSE if self.at else None

    def wait(self, now: datetime) -> timedelta:
        """How long until he may ask again; zero: he may now."""
        return max(self.at + PAUSE - now, timedelta()) if self.at else timedelta()

    def whom(self, administrators: Sequence[UUID]) -> UUID:
        """Of these, the best first, whom to remind: who was so the least often. So the next one's turn comes when the
        first does not answer, and again the first one's after the last."""
        return min(administrators, key=lambda one: (self.of.count(one), administrators.index(one)))


def step_of(completed_at: datetime, now: datetime) -> int:
    """The last step of the calendar that has come; 0: none. After a job that was down, one reminder stands for both."""
    return max((days for days in STEPS if now - completed_at >= timedelta(days=days)), default=0)
