"""The day of the pages, from the application's clock (T10)."""

from datetime import date
from typing import cast

from flask import current_app

from backbone.clock import Clock, paris_day


def today() -> date:
    """The current day in Europe/Paris."""
    return paris_day(cast(Clock, current_app.extensions["clock"]).now())
