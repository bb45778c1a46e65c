"""The company's yes, once the beneficiary is identified (G52). Never by the beneficiary."""

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_CONFIRMED
from services.delegation.domain.delegation import Beneficiary, Delegation
from services.delegation.domain.refusals import AddressLeftRefused
from services.delegation.steps.announce import announce
from services.delegation.steps.answering import AnswerDelegation, decide_answer
from services.delegation.steps.telling import telling
from services.delegation.storage import accounts, adherents, delegations
from services.delegation.storage.journal import Act, Author


def confirm_delegation(command: AnswerDelegation, *, uow: UnitOfWork) -> None:
    """From now on the rights are in force on their days. AA52; Conflict if there is nothing to confirm, or its person
    left the address."""
    decision = decide_answer(command, uow)
    confirmed = decision.target.confirmed(uow.now, decision.day, _who(decision.target, uow))
    author = Author.of(decision.actor)
    delegations.save(uow.connection, [confirmed], act=Act.CONFIRMATION, author=author, at=uow.now)
    both = telling(uow, [confirmed], decision.actor)[confirmed.id]
    announce(uow, DELEGATION_CONFIRMED, confirmed, adherents.reference(uow.connection, command.adherent_id), **both)


def _who(target: Delegation, uow: UnitOfWork) -> Beneficiary | None:
    """Its beneficiary as he is now, who must still be at the address that the page shows (K1)."""
    account_id = target.beneficiary.account_id
    who = accounts.beneficiaries(uow.connection, [account_id]).get(account_id) if account_id else None
    if who and not target.asked_of(who.email):
        raise AddressLeftRefused
    return who
