"""Whether what was put off is due (decision 26).

Nothing is put off for longer than the longest delay of its kind: what is due further away was put there by a clock that
was wrong, and is due now. Else an hour of it would hold an event for an hour after it was set right.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

CLOSE = timedelta(seconds=1)  # by which the clocks of two processes on one database may differ


def come(at: sa.ColumnElement[datetime], now: datetime, longest: timedelta) -> sa.ColumnElement[bool]:
    """The condition that the time in the column `at` has come, for what is put off for `longest` at most."""
    return sa.or_(at <= now, astray(at, now, longest))


def astray(at: sa.ColumnElement[datetime], now: datetime, longest: timedelta) -> sa.ColumnElement[bool]:
    """The condition that no right clock has written `at`."""
    return at > now + longest + CLOSE


def has_come(at: datetime, now: datetime, longest: timedelta) -> bool:
    """The same of one time."""
    return not timedelta(0) < at - now <= longest + CLOSE
