"""What every act on a request for new bank details does: only the company's own administrators, the journal, who is
told. An accounting firm's may administer the access, not the account that the caisse pays to."""

from datetime import date
from typing import Any
from uuid import UUID

from backbone.errors import AccessRefused
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.bank_request import BankRequest
from services.delegation.domain.delegation import Delegation
from services.delegation.steps.announce import person
from services.delegation.storage import adherents, delegations
from services.delegation.storage.journal import Act, Author


def serving(uow: UnitOfWork, adherent_id: UUID, day: date) -> list[Delegation]:
    """The company's own administrators on `day`, one delegation a person."""
    found = delegations.company_administrators(uow.connection, [adherent_id], day)
    return list({one.beneficiary.account_id: one for one in found if one.usable_on(day)}.values())


def of_the_company(actor: Delegation) -> Delegation:
    """The same; AccessRefused for who administers for the firm."""
    if actor.of_the_firm:
        raise AccessRefused
    return actor


def note(uow: UnitOfWork, request: BankRequest, act: Act, author: Author | None = None) -> Delegation:
    """Write it in the journal, on the delegation by which it was asked, which it answers. Without `author` its holder
    did it."""
    noted = delegations.by_ids(uow.connection, [request.delegation_id])[request.delegation_id].noted()
    delegations.save(uow.connection, [noted], act=act, author=author, at=uow.now)
    return noted


def told(uow: UnitOfWork, request: BankRequest, asker: Delegation, day: date) -> dict[str, Any]:
    """What both events say: of which request, whose, and all who administer, with who asked among them."""
    people = {one.beneficiary.account_id: one for one in (*serving(uow, request.adherent_id, day), asker)}
    return {
        "request_id": request.id,
        "adherent": adherents.reference(uow.connection, request.adherent_id),
        "asker": person(asker),
        "administrators": [person(one) for one in people.values()],
    }
