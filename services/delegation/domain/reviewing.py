"""When a delegation is to be reviewed, and what a review may leave of it: the same, or less."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from services.delegation.domain.delegation import Delegation
from services.delegation.domain.grant import Grant
from services.delegation.domain.matrix import scope_asked
from services.delegation.domain.refusals import NotReducedRefused, RaisedRefused
from services.delegation.domain.rights import everything


def months_before(now: datetime, months: int) -> datetime:
    """The same instant so many months earlier; the last day of a month that is shorter."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))


def reduced(target: Delegation, rights: Mapping[str, str]) -> Grant:
    """What was granted, with these levels and no more than it is worth now. Whoever administered does so no more: an
    administrator has every right (G29). Raises the refusals of the matrix, RaisedRefused, NotReducedRefused."""
    worth = target.effective.scope
    asked = scope_asked(False, sorted(worth.colleges), rights, everything())
    if not asked.within(worth):
        raise RaisedRefused
    if worth.within(asked):
        raise NotReducedRefused
    return replace(target.granted, scope=asked)
