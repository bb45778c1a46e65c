"""At most so many in so long: sliding windows, exact, over the instants that were counted (C4, C5, C6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Window:
    """At most `at_most` in any `length`."""

    length: timedelta
    at_most: int


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def wait(windows: Sequence[Window], hits: Sequence[datetime], now: datetime) -> timedelta:
    """How long until one more is allowed by every window; zero when it is now. `hits` in any order."""
    return max((_wait(window, sorted(hits), now) for window in windows), default=timedelta())


def longest(windows: Sequence[Window]) -> timedelta:
    """How far back hits matter."""
    return max(window.length for window in windows)


def recent(windows: Sequence[Window], hits: Sequence[datetime], now: datetime) -> list[datetime]:
    """Those of `hits` that some window still counts, oldest first."""
    return sorted(hit for hit in hits if hit > now - longest(windows))


def wait_after(window: Window, hit: datetime | None, now: datetime) -> timedelta:
    """How long until `window` allows one more, when `hit` is the newest but `at_most - 1` of what was counted; zero
    when it does now. None: fewer were counted."""
    return max(hit + window.length - now, timedelta()) if hit else timedelta()


def _wait(window: Window, hits: list[datetime], now: datetime) -> timedelta:
    return wait_after(window, hits[-window.at_most] if len(hits) >= window.at_most else None, now)
