"""Moves the clock of the process that starts here by MOVED_CLOCK seconds: ours, and the one that libraries read."""

import os
import time
from datetime import datetime, timedelta

from backbone.clock import SystemClock

_seconds = float(os.environ["MOVED_CLOCK"])
_right, _right_ns, _right_now = time.time, time.time_ns, SystemClock.now


def _wrong(self: SystemClock) -> datetime:
    return _right_now(self) + timedelta(seconds=_seconds)


SystemClock.now = _wrong  # type: ignore[method-assign]
time.time = lambda: _right() + _seconds
time.time_ns = lambda: _right_ns() + int(_seconds * 1e9)
