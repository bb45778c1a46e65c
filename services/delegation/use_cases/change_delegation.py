"""Modification (G19): other days, other rights, on a delegation already confirmed (T7)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.authority import ensure_not_own, ensure_owns_days
from services.delegation.domain.delegation import Grant
from services.delegation.domain.matrix import scope_asked
from services.delegation.domain.period import period_asked
from services.delegation.domain.refusals import PastEndRefused
from services.delegation.steps.changing import ChangeDelegation, apply_change
from services.delegation.steps.clashing import ensure_no_clash
from services.delegation.steps.deciding import Decision, decide, ensure_proven, keep_administered
from services.delegation.steps.shown import ensure_shown


def change_delegation(command: ChangeDelegation, *, uow: UnitOfWork) -> None:
    """Change it, and what was delegated under it. Raises AA27, AA28, AA30–AA32, AA52, C8, T7, the clash of two."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    ensure_not_own(decision.actor, decision.target)
    ensure_shown(uow, decision, command.version)
    decision.target.ensure_modifiable(decision.day)
    changed = decision.target.granted_again(_grant(command, decision), decision.actor.id, decision.parent)
    ensure_no_clash(uow, decision.actor, changed.beneficiary, changed.granted.period, beside=command.delegation_id)
    keep_administered(uow, decision, changed)
    ensure_proven(uow, command.authenticated_at, changed.granted, decision.target.granted)
    apply_change(uow, decision, changed)


def _grant(command: ChangeDelegation, decision: Decision) -> Grant:
    period = period_asked(command.starts_on, command.ends_on)
    if period.last_day < decision.day:
        raise PastEndRefused
    ensure_owns_days(period, decision.bound)
    asked = scope_asked(command.administrator, command.colleges, command.rights, decision.bound.scope)
    return Grant(period, asked)
