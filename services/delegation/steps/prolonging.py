"""What both answers to a demand for more days begin with: there is one, and somebody else than its author answers."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.authority import ensure_not_own
from services.delegation.domain.prolongation import Prolongation
from services.delegation.domain.refusals import NothingAskedRefused
from services.delegation.steps.answering import AnswerDelegation
from services.delegation.steps.deciding import Decision, decide
from services.delegation.steps.shown import ensure_shown
from services.delegation.storage import prolongations


def decide_prolongation(command: AnswerDelegation, uow: UnitOfWork) -> tuple[Decision, Prolongation]:
    """What `decide` reads, and what was asked. AA52, OwnDelegationRefused, NothingAskedRefused."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    ensure_not_own(decision.actor, decision.target)
    ensure_shown(uow, decision, command.version)
    decision.target.ensure_open(decision.day)
    wanted = prolongations.asked(uow.connection, [decision.target.id]).get(decision.target.id)
    if wanted is None or not wanted.is_open_for(decision.target, decision.day):
        raise NothingAskedRefused
    return decision, wanted
