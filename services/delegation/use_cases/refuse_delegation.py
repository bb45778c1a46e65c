"""The company's no, once the beneficiary is identified (G52). Never by the beneficiary."""

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_REFUSED
from services.delegation.steps.announce import announce
from services.delegation.steps.answering import AnswerDelegation, decide_answer
from services.delegation.steps.telling import telling
from services.delegation.storage import adherents, delegations
from services.delegation.storage.journal import Act, Author


def refuse_delegation(command: AnswerDelegation, *, uow: UnitOfWork) -> None:
    """The delegation is over before it began. AA52; Conflict if there is nothing to refuse."""
    decision = decide_answer(command, uow)
    refused = decision.target.refused(uow.now, decision.day)
    delegations.save(uow.connection, [refused], act=Act.REFUS, author=Author.of(decision.actor), at=uow.now)
    both = telling(uow, [refused], decision.actor)[refused.id]
    announce(uow, DELEGATION_REFUSED, refused, adherents.reference(uow.connection, command.adherent_id), **both)
