"""The company's no, once the beneficiary is identified (G52). Never by the beneficiary, who reads why if it is said."""

from dataclasses import dataclass, replace

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_REFUSED
from contracts.rules.names import tidy_name
from services.delegation.steps.announce import announce
from services.delegation.steps.answering import AnswerDelegation, decide_answer
from services.delegation.steps.telling import telling
from services.delegation.storage import adherents, delegations
from services.delegation.storage.journal import Act, Author


@dataclass(frozen=True)
class RefuseDelegation(AnswerDelegation):
    """The answer, and why; « » is no reason."""

    reason: str = ""


def refuse_delegation(command: RefuseDelegation, *, uow: UnitOfWork) -> None:
    """The delegation is over before it began; both sides and the journal are told why. AA52; Conflict if there is
    nothing to refuse."""
    decision = decide_answer(command, uow)
    reason = tidy_name(command.reason)
    refused = decision.target.refused(uow.now, decision.day)
    author = replace(Author.of(decision.actor), reason=reason or None)
    delegations.save(uow.connection, [refused], act=Act.REFUS, author=author, at=uow.now)
    told = telling(uow, [refused], decision.actor)[refused.id] | ({"reason": reason} if reason else {})
    announce(uow, DELEGATION_REFUSED, refused, adherents.reference(uow.connection, command.adherent_id), **told)
