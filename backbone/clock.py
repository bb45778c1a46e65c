"""Time comes in through a clock: aware UTC instants inside, days of Europe/Paris for people (T10)."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
APART = timedelta(minutes=5)  # by which the clocks of two services' databases may differ (decision 26)


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""


class SystemClock:
    """The machine's clock, read here and nowhere else. It judges where there is no database with a clock of its own."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that moves only when told to, for tests and replays."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._instant

    def set(self, instant: datetime) -> None:
        """Move to `instant` (aware)."""
        self._instant = instant.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Move forward by `by`."""
        self._instant += by


def paris_day(instant: datetime) -> date:
    """The day that `instant` (aware) falls on in Europe/Paris: the day of every right and date of the domain."""
    return instant.astimezone(PARIS).date()
