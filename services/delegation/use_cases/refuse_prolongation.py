"""An administrator refuses the days that were asked for, and says why if he wants to: the end stays what it is."""

from dataclasses import dataclass, replace

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.reminding import PROLONGATION_REFUSED
from contracts.rules.names import tidy_name
from services.delegation.steps.announce import announce
from services.delegation.steps.answering import AnswerDelegation
from services.delegation.steps.prolonging import decide_prolongation
from services.delegation.steps.telling import telling
from services.delegation.storage import adherents, delegations, prolongations
from services.delegation.storage.journal import Act, Author


@dataclass(frozen=True)
class RefuseProlongation(AnswerDelegation):
    """The answer, and why; « » is no reason."""

    reason: str = ""


def refuse_prolongation(command: RefuseProlongation, *, uow: UnitOfWork) -> None:
    """Nothing changes; both sides and the journal are told why. Raises what `decide_prolongation` does."""
    decision, wanted = decide_prolongation(command, uow)
    reason = tidy_name(command.reason) or None
    prolongations.answer(uow.connection, decision.target.id, wanted, uow.now, reason)
    noted = decision.target.noted()
    author = replace(Author.of(decision.actor), reason=reason)
    delegations.save(uow.connection, [noted], act=Act.PROLONGATION_REFUSEE, author=author, at=uow.now)
    told = telling(uow, [noted], decision.actor)[noted.id] | ({"reason": reason} if reason else {})
    told |= {"wanted_on": wanted.wanted_on}
    announce(uow, PROLONGATION_REFUSED, noted, adherents.reference(uow.connection, command.adherent_id), **told)
