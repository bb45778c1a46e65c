"""The status of a delegation on any day, computed from its dates and facts, never stored (G8, D4, T7, C9)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.words.statuses import Statut
from services.delegation.domain.period import Period


class State(StrEnum):
    """What is behind it: the guide has one « En attente » for two waits (D4)."""

    INVITED = "invited"
    TO_CONFIRM = "to_confirm"
    COMING = "coming"
    SUSPENDED = "suspended"
    IN_FORCE = "in_force"
    ENDED = "ended"
    REFUSED = "refused"
    CLOSED = "closed"


SHOWN = {
    State.INVITED: Statut.EN_ATTENTE,
    State.TO_CONFIRM: Statut.EN_ATTENTE,
    State.COMING: Statut.A_VENIR,
    State.SUSPENDED: Statut.SUSPENDUE,
    State.IN_FORCE: Statut.ACTIF,
    State.ENDED: Statut.INACTIF,
    State.REFUSED: Statut.INACTIF,
    State.CLOSED: Statut.INACTIF,
}


@dataclass(frozen=True)
class Facts:
    """The day (in Europe/Paris) on which each thing happened to a delegation; None: it has not. `suspended_until`: the
    last day of its last suspension, unless it was taken up before."""

    opened_on: date
    completed_on: date | None = None
    confirmed_on: date | None = None
    refused_on: date | None = None
    closed_on: date | None = None
    suspended_until: date | None = None


def state_on(period: Period, facts: Facts, day: date) -> State | None:
    """Where the delegation stood at the end of `day`; None before it was opened.

    So a past day can be asked for (« who could do what on 12/03? »); a day to come supposes that nothing else happens.
    """
    if day < facts.opened_on:
        return None
    if _by(facts.closed_on, day):
        return State.CLOSED
    if _by(facts.refused_on, day):
        return State.REFUSED
    if day > period.last_day or period.last_day < period.starts_on:
        return State.ENDED
    if not _by(facts.completed_on, day):
        return State.INVITED
    if not _by(facts.confirmed_on, day):
        return State.TO_CONFIRM
    if day >= period.starts_on:
        return State.IN_FORCE
    until = facts.suspended_until
    return State.SUSPENDED if until is not None and day <= until else State.COMING


def usable_on(period: Period, facts: Facts, day: date) -> bool:
    """Usable iff « Actif » and date d'effet ≤ day ≤ date de fin (C9)."""
    return state_on(period, facts, day) is State.IN_FORCE


def _by(fact: date | None, day: date) -> bool:
    return fact is not None and fact <= day
