"""How guessing a password is slowed (C6), and why a stranger cannot lock the owner out for good.

Every attempt is counted before the password is looked at, as if it would fail; a right one gives its count back. So
parallel guesses cannot slip between the look and the count, and at most five of them are ever evaluated.
After 5 failures in a row: 1, 2, 4, 8, then 15 minutes each; at most 25 failures in 24 hours. The forgotten-password
link stays open all the while and, used, frees the account: its owner can always come back.

One client address: 30 failures a minute, and 300 attempts, right or wrong: a firm of fifty behind one address gets in
at nine o'clock.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from contracts.rules.windows import DAY, MINUTE, Window

FREE_FAILURES = 5
LONGEST_PAUSE = timedelta(minutes=15)
DAILY = (Window(DAY, 25),)
PER_ADDRESS = (Window(MINUTE, 30),)
ATTEMPTS_PER_ADDRESS = (Window(MINUTE, 300),)


@dataclass(frozen=True)
class Attempt:
    """One attempt, counted as a failure of the login name and of the client address, to give back when it was right."""

    of_name: UUID
    of_address: UUID


@dataclass(frozen=True)
class Throttle:
    """The failures in a row of one login name, known or unknown alike (AA3)."""

    failures: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None

    def pause(self, now: datetime) -> timedelta:
        """How long until the next attempt is looked at; zero when it is now."""
        return max(self.locked_until - now, timedelta()) if self.locked_until else timedelta()

    def attempted(self, now: datetime) -> "Throttle":
        """After one more attempt, counted as a failure. A day without any starts again from none."""
        forgotten = self.last_at is None or self.last_at <= now - DAY
        failures = 1 if forgotten else self.failures + 1
        return replace(self, failures=failures, last_at=now, locked_until=now + pause_after(failures))


def pause_after(failures: int) -> timedelta:
    """The pause after the n-th failure in a row."""
    if failures < FREE_FAILURES:
        return timedelta()
    return min(MINUTE * (1 << min(failures - FREE_FAILURES, 10)), LONGEST_PAUSE)
