"""That days of somebody are opened again, counted before it is judged (M6, K10)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.settings import Settings
from services.delegation.steps.answering import AnswerDelegation
from services.delegation.steps.deciding import decide
from services.delegation.steps.pacing import Forgive, count_asking


def admit_resumption(command: AnswerDelegation, *, uow: UnitOfWork, settings: Settings) -> Forgive | None:
    """Count that its days are asked for (`count_asking`). Raises what `decide` does, and M6."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    return count_asking(uow, decision.actor, None, settings)
