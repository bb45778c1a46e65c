"""« Reprendre »: a suspended delegation opens again what was granted, before its suspension ends by itself."""

from dataclasses import dataclass
from datetime import datetime

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.changes import Cause
from services.delegation.domain.authority import ensure_not_own
from services.delegation.domain.suspending import resumed
from services.delegation.steps.answering import AnswerDelegation
from services.delegation.steps.changing import apply_change
from services.delegation.steps.clashing import ensure_no_clash
from services.delegation.steps.deciding import decide, ensure_proven
from services.delegation.steps.shown import ensure_shown
from services.delegation.storage.journal import Act


@dataclass(frozen=True)
class ResumeDelegation(AnswerDelegation):
    """Which delegation, who takes it up, the version that he was shown, and when he last gave his password."""

    authenticated_at: datetime | None = None


def resume_delegation(command: ResumeDelegation, *, uow: UnitOfWork) -> None:
    """Open it again now, with what stands under it. Nothing is granted anew, so its grantor stays. Raises what `decide`
    does, OwnDelegationRefused, AA52, NotSuspendedRefused, and as an opening of these days K2 and C8."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    target = decision.target
    ensure_not_own(decision.actor, target)
    ensure_shown(uow, decision, command.version)
    changed = resumed(target, decision.parent, decision.day)
    ensure_no_clash(uow, decision.actor, changed.beneficiary, changed.effective.period, beside=target.id)
    ensure_proven(uow, command.authenticated_at, changed.effective, target.effective)
    apply_change(uow, decision, changed, act=Act.REPRISE, cause=Cause.REPRISE)
