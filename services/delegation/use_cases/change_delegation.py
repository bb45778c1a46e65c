"""Modification (G19): other days, other rights, on a delegation already confirmed (T7)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.authority import ensure_not_own
from services.delegation.domain.grant import grant_asked
from services.delegation.steps.changing import ChangeDelegation, apply_change
from services.delegation.steps.clashing import ensure_no_clash
from services.delegation.steps.deciding import decide, ensure_proven, keep_administered
from services.delegation.steps.shown import ensure_shown


def change_delegation(command: ChangeDelegation, *, uow: UnitOfWork) -> None:
    """Change it, and what was delegated under it. Raises AA27, AA28, AA30–AA32, AA52, C8, T7, the clash of two."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    ensure_not_own(decision.actor, decision.target)
    ensure_shown(uow, decision, command.version)
    decision.target.ensure_modifiable(decision.day)
    grant = grant_asked(command.terms, decision.bound, decision.day)
    changed = decision.target.unsuspended().granted_again(grant, decision.actor.id, decision.parent)
    ensure_no_clash(uow, decision.actor, changed.beneficiary, changed.granted.period, beside=command.delegation_id)
    keep_administered(uow, decision, changed)
    ensure_proven(uow, command.authenticated_at, changed.granted, decision.target.granted)
    apply_change(uow, decision, changed)
