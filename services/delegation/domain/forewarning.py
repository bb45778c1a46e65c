"""Who holds a delegation is warned before it ends, 30 and 7 days before, and may ask for more days meanwhile."""

from datetime import date, timedelta

STEPS = (7, 30)  # days before
SOON = timedelta(days=max(STEPS))


def step_of(last_day: date, day: date) -> int | None:
    """Which warning is due on `day` for an end on `last_day`: the nearest; None: it is too early, or over."""
    left = (last_day - day).days
    return next((days for days in STEPS if 0 <= left <= days), None)


def is_news(known_on: date, last_day: date, step: int) -> bool:
    """Whether the warning is worth a mail: what began or was confirmed after its day was known to end so soon."""
    return known_on <= last_day - timedelta(days=step)


def may_be_asked(ends_on: date | None, day: date) -> bool:
    """Whether more days may be asked for on `day`."""
    return ends_on is not None and day <= ends_on <= day + SOON
