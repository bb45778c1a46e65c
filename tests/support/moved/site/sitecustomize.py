"""Moves the clock of the process that starts here by MOVED_CLOCK seconds."""

import os
from datetime import datetime, timedelta

from backbone.clock import SystemClock

_right, _shift = SystemClock.now, timedelta(seconds=float(os.environ["MOVED_CLOCK"]))


def _wrong(self: SystemClock) -> datetime:
    return _right(self) + _shift


SystemClock.now = _wrong  # type: ignore[method-assign]
