"""Certifying an address again, periodically (G54): announced ahead, suspended when its time is over, never forgotten.

Any act that proves the address (invitation, confirmation, forgotten password, change of address) starts the time anew.
Nobody is suspended who was not told since his last proof, at least the notice before.
"""

from dataclasses import dataclass
from datetime import datetime

from contracts.rules.windows import DAY, HOUR, Window
from services.identity.domain.lifetimes import Lifetimes

PER_ACCOUNT = (Window(HOUR, 3), Window(DAY, 5))


@dataclass(frozen=True)
class Terms:
    """What is due at an instant."""

    now: datetime
    lifetimes: Lifetimes

    @property
    def to_announce(self) -> datetime:
        """Who was certified until then is told."""
        return self.now - (self.lifetimes.certification - self.lifetimes.certification_notice)

    @property
    def to_suspend(self) -> datetime:
        """Who was certified until then has had his time."""
        return self.now - self.lifetimes.certification

    @property
    def told(self) -> datetime:
        """And was told until then."""
        return self.now - self.lifetimes.certification_notice

    def ends(self, certified_at: datetime, announced_at: datetime | None) -> datetime:
        """When the account is suspended: after its time, and not before the notice is over."""
        told = announced_at if announced_at and announced_at > certified_at else self.now
        return max(certified_at + self.lifetimes.certification, told + self.lifetimes.certification_notice)
