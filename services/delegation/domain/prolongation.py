"""More days for a delegation, which its beneficiary asks for and an administrator grants or refuses."""

from dataclasses import dataclass
from datetime import date, datetime

from services.delegation.domain.delegation import Delegation
from services.delegation.domain.forewarning import may_be_asked
from services.delegation.domain.period import period_asked
from services.delegation.domain.refusals import (
    AskedAlreadyRefused,
    NotLaterRefused,
    NotSoonRefused,
)


@dataclass(frozen=True)
class Prolongation:
    """What was asked: when, of which end, until when; whether it was answered, and why it was refused."""

    asked_at: datetime
    ends_on: date
    wanted_on: date
    answered_at: datetime | None = None
    reason: str | None = None

    def is_of(self, one: Delegation) -> bool:
        """Whether it is about the end that `one` has: a later change of it answers what was asked before."""
        return self.ends_on == one.effective.period.ends_on

    def is_open_for(self, one: Delegation, day: date) -> bool:
        """Whether it waits for an answer."""
        return self.answered_at is None and self.is_of(one) and one.usable_on(day)


def may_ask(one: Delegation, known: Prolongation | None, day: date) -> bool:
    """Whether its beneficiary may ask for more days: near its end, once for each end."""
    near = may_be_asked(one.effective.period.ends_on, day)
    return near and one.usable_on(day) and not (known and known.is_of(one))


def asked(one: Delegation, known: Prolongation | None, wanted_on: date, day: date, at: datetime) -> Prolongation:
    """What is asked for a delegation that is in force. NotSoonRefused, AskedAlreadyRefused, NotLaterRefused, and what a
    day that a person typed is refused for (AA32)."""
    ends_on = one.effective.period.ends_on
    if ends_on is None or not may_be_asked(ends_on, day):
        raise NotSoonRefused
    if known and known.is_of(one):
        raise AskedAlreadyRefused
    period_asked(one.effective.period.starts_on, wanted_on)
    if wanted_on <= ends_on:
        raise NotLaterRefused
    return Prolongation(at, ends_on, wanted_on)
