"""How often one administrator may do what writes to addresses, or asks about them, within an hour (M6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from contracts.rules.windows import HOUR, Window, recent, wait


@dataclass(frozen=True)
class Pace:
    """What one administrator asked lately: each new address that he brought in, and which they were, by a digest; and
    how often he was refused for what he may not see."""

    times: list[datetime] = field(default_factory=list)
    tried: Mapping[str, datetime] = field(default_factory=dict)
    refusals: list[datetime] = field(default_factory=list)

    def wait_for_new(self, most: int, now: datetime) -> timedelta:
        """How long until one more new address is allowed; zero: now."""
        return wait([Window(HOUR, most)], self.times, now)

    def wait_for_refusal(self, most: int, now: datetime) -> timedelta:
        """How long until one more may be asked that could be refused so; zero: now."""
        return wait([Window(HOUR, most)], self.refusals, now)

    def tries(self, address: str, now: datetime) -> "Pace":
        """After one more new address."""
        return replace(self, times=[*self.times, now], tried={**self.tried, address: now})

    def refused(self, now: datetime) -> "Pace":
        """After one more that is refused, as far as is known."""
        return replace(self, refusals=[*self.refusals, now])

    def forgiven(self, at: datetime) -> "Pace":
        """What was counted as refused at that instant was not."""
        left = list(self.refusals)
        if at in left:
            left.remove(at)
        return replace(self, refusals=left)

    def still(self, now: datetime) -> "Pace":
        """What still counts."""
        hour = [Window(HOUR, 1)]
        tried = {address: at for address, at in self.tried.items() if recent(hour, [at], now)}
        return Pace(recent(hour, self.times, now), tried, recent(hour, self.refusals, now))
