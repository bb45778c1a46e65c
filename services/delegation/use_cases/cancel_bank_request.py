"""« Ce n'est pas moi »: any administrator of the company cancels what one of them asked (G78)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.bank_details import BANK_DETAILS_CANCELLED
from services.delegation.domain.bank_request import LIVE
from services.delegation.domain.refusals_bank_details import BankRequestClosedRefused
from services.delegation.steps.bank_details import note, of_the_company, told
from services.delegation.storage import bank_requests, delegations
from services.delegation.storage.journal import Act, Author


@dataclass(frozen=True)
class CancelBankRequest:
    """Who cancels, of which adhérent, which request."""

    actor: UUID | None
    adherent_id: UUID
    request_id: UUID


def cancel_bank_request(command: CancelBankRequest, *, uow: UnitOfWork) -> None:
    """Cancel it, while it waits or is open. It asks no password: who is in a hurry to close a door is let do it.
    NotFound, AccessRefused, BankRequestClosedRefused."""
    delegations.lock(uow.connection, [command.adherent_id])
    day = paris_day(uow.now)
    actor = of_the_company(delegations.administrator(uow.connection, command.actor, command.adherent_id, day))
    found = bank_requests.find(uow.connection, command.request_id)
    if found is None or found.adherent_id != command.adherent_id:
        raise NotFound
    if bank_requests.states(uow.connection, [found], uow.now)[found.id] not in LIVE:
        raise BankRequestClosedRefused
    author = Author.of(actor)
    bank_requests.cancel(uow.connection, found.id, author.name, uow.now)
    asker = note(uow, found, Act.COORDONNEES_ANNULEES, author)
    data = {**told(uow, found, asker, day), "author": author.name, "cancelled_at": uow.now}
    uow.record(BANK_DETAILS_CANCELLED, sequence=2, data=data)
