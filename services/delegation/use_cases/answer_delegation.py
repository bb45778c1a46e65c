"""The company's answer, once the beneficiary is identified (G52): confirm, or refuse. Never by the beneficiary."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_CONFIRMED, DELEGATION_REFUSED
from services.delegation.domain.authority import ensure_not_own
from services.delegation.domain.delegation import Beneficiary, Delegation
from services.delegation.domain.refusals import AddressLeftRefused
from services.delegation.steps.announce import announce
from services.delegation.steps.deciding import Decision, decide
from services.delegation.steps.shown import ensure_shown
from services.delegation.storage import accounts, adherents, delegations
from services.delegation.storage.journal import Act, Author


@dataclass(frozen=True)
class AnswerDelegation:
    """Which delegation, who answers, and the version that he was shown."""

    actor: UUID | None
    adherent_id: UUID
    delegation_id: UUID
    version: int


def confirm_delegation(command: AnswerDelegation, *, uow: UnitOfWork) -> None:
    """From now on the rights are in force on their days. AA52; Conflict if there is nothing to confirm, or its person
    left the address."""
    decision = _decide(command, uow)
    confirmed = decision.target.confirmed(uow.now, decision.day, _who(decision.target, uow))
    author = Author.of(decision.actor)
    delegations.save(uow.connection, [confirmed], act=Act.CONFIRMATION, author=author, at=uow.now)
    announce(uow, DELEGATION_CONFIRMED, confirmed, adherents.reference(uow.connection, command.adherent_id))


def refuse_delegation(command: AnswerDelegation, *, uow: UnitOfWork) -> None:
    """The delegation is over before it began. AA52; Conflict if there is nothing to refuse."""
    decision = _decide(command, uow)
    refused = decision.target.refused(uow.now, decision.day)
    delegations.save(uow.connection, [refused], act=Act.REFUS, author=Author.of(decision.actor), at=uow.now)
    announce(uow, DELEGATION_REFUSED, refused, adherents.reference(uow.connection, command.adherent_id))


def _who(target: Delegation, uow: UnitOfWork) -> Beneficiary | None:
    """Its beneficiary as he is now, who must still be at the address that the page shows (K1)."""
    account_id = target.beneficiary.account_id
    who = accounts.beneficiaries(uow.connection, [account_id]).get(account_id) if account_id else None
    if who and not target.asked_of(who.email):
        raise AddressLeftRefused
    return who


def _decide(command: AnswerDelegation, uow: UnitOfWork) -> Decision:
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    ensure_not_own(decision.actor, decision.target)
    ensure_shown(uow, decision, command.version)
    decision.target.ensure_to_confirm(decision.day)
    return decision
