"""A beneficiary gives his own delegation up, whether he administers or not: it ends now (G19, M7)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.steps.closing import close_now
from services.delegation.steps.holding import decide_own
from services.delegation.steps.shown import ensure_shown


@dataclass(frozen=True)
class RenounceDelegation:
    """Which delegation, who gives it up, and the version that he was shown."""

    actor: UUID | None
    delegation_id: UUID
    version: int


def renounce_delegation(command: RenounceDelegation, *, uow: UnitOfWork) -> None:
    """Close it with all that was delegated under it; the journal says « renonciation ». NotFound for another one's,
    OverRefused, AA52, M7."""
    decision = decide_own(uow, command.actor, command.delegation_id)
    ensure_shown(uow, decision, command.version)
    decision.target.ensure_open(decision.day)
    close_now(uow, decision)
