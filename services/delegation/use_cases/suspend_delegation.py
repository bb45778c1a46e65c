"""« Suspendre »: a delegation opens nothing until a day, and what was granted again from the next one (decision 62)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.rules import written
from contracts.words.changes import Cause
from services.delegation.domain.authority import ensure_not_own
from services.delegation.domain.suspending import suspended
from services.delegation.steps.changing import apply_change
from services.delegation.steps.deciding import decide, keep_administered
from services.delegation.steps.shown import ensure_shown
from services.delegation.storage.journal import Act


@dataclass(frozen=True)
class SuspendDelegation:
    """Which delegation, the version that was shown, and the last day of its suspension."""

    actor: UUID | None
    adherent_id: UUID
    delegation_id: UUID
    version: int
    until: date


def suspend_delegation(command: SuspendDelegation, *, uow: UnitOfWork) -> None:
    """Suspend it from now on, with what was delegated under it. Raises what `decide` does, OwnDelegationRefused, AA52,
    what `suspended` does, and M7: on each day of the suspension somebody else administers."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    ensure_not_own(decision.actor, decision.target)
    ensure_shown(uow, decision, command.version)
    changed = suspended(decision.target, command.until, decision.parent, decision.day)
    keep_administered(uow, decision, changed)
    said = f"Suspendue jusqu'au {written.day(command.until)} inclus"
    apply_change(uow, decision, changed, act=Act.SUSPENSION, cause=Cause.SUSPENSION, reason=said)
