"""How many new addresses one administrator may bring in within an hour: each is a mail in his company's name."""

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(hours=1)


def recent(times: Sequence[datetime], now: datetime) -> list[datetime]:
    """Those of `times` that still count, oldest first."""
    return sorted(at for at in times if at > now - WINDOW)


def free_at(times: Sequence[datetime], now: datetime, most: int) -> datetime | None:
    """When one more is allowed beside `times`; None: now."""
    counted = recent(times, now)
    return counted[-most] + WINDOW if len(counted) >= most > 0 else None
