"""What every answer of the company begins with (G52): it may be given, to what was shown, by somebody else."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.authority import ensure_not_own
from services.delegation.steps.deciding import Decision, decide
from services.delegation.steps.shown import ensure_shown


@dataclass(frozen=True)
class AnswerDelegation:
    """Which delegation, who answers, and the version that he was shown."""

    actor: UUID | None
    adherent_id: UUID
    delegation_id: UUID
    version: int


def decide_answer(command: AnswerDelegation, uow: UnitOfWork) -> Decision:
    """What `decide` reads, for an answer that may be given. AA52, OwnDelegationRefused, NotToConfirmRefused."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    ensure_not_own(decision.actor, decision.target)
    ensure_shown(uow, decision, command.version)
    decision.target.ensure_to_confirm(decision.day)
    return decision
