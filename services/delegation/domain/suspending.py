"""A delegation that opens nothing for a while: until a day, after which it opens again what was granted."""

from datetime import date

from services.delegation.domain.delegation import Delegation
from services.delegation.domain.period import period_asked
from services.delegation.domain.refusals_suspending import (
    NotInForceRefused,
    NotSuspendedRefused,
    PastSuspensionRefused,
    WholeSuspensionRefused,
)
from services.delegation.domain.status import State


def suspended(target: Delegation, until: date, parent: Delegation | None, day: date) -> Delegation:
    """`target`, which opens nothing from `day`, now, up to `until`. OverRefused; NotInForceRefused for what opens
    nothing today; PastSuspensionRefused, WholeSuspensionRefused, and what a typed day is refused for (AA32)."""
    target.ensure_open(day)
    if target.state_on(day) is not State.IN_FORCE:
        raise NotInForceRefused
    period_asked(until, None)
    if until < day:
        raise PastSuspensionRefused
    if until >= target.effective.period.last_day:
        raise WholeSuspensionRefused
    return target.suspended(until, parent)


def resumed(target: Delegation, parent: Delegation | None, day: date) -> Delegation:
    """`target`, which opens again what was granted. OverRefused, NotSuspendedRefused."""
    target.ensure_open(day)
    if target.state_on(day) is not State.SUSPENDED:
        raise NotSuspendedRefused
    return target.resumed(parent)
