"""The day of the pages, from the application's clock (T10)."""

from datetime import date, datetime, timedelta
from typing import cast

from flask import current_app

from backbone.clock import Clock, paris_day
from gateway.kit.reading import number


def today() -> date:
    """The current day in Europe/Paris."""
    return paris_day(_now())


def after(retry_after: str | None) -> datetime | None:
    """When to come back, from the `Retry-After` of a refusal; None when it says no seconds."""
    seconds = number(retry_after)
    return None if seconds is None else _now() + timedelta(seconds=seconds)


def now() -> datetime:
    """When this page is shown."""
    return _now()


def seconds_until(moment: datetime) -> int:
    """How many seconds are left; 0 when it is over."""
    return max(0, round((moment - _now()).total_seconds()))


def _now() -> datetime:
    return cast(Clock, current_app.extensions["clock"]).now()
