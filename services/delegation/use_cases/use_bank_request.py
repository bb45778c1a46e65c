"""Who asked for new bank details goes on to the caisse's page (G78), if his request is open."""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.bank_details import BankState as State
from services.delegation.domain.refusals_bank_details import BankRequestClosedRefused
from services.delegation.steps.bank_details import note, of_the_company
from services.delegation.storage import bank_requests, delegations
from services.delegation.storage.journal import Act


@dataclass(frozen=True)
class UseBankRequest:
    """Who, of which adhérent."""

    actor: UUID | None
    adherent_id: UUID


def use_bank_request(command: UseBankRequest, *, uow: UnitOfWork) -> None:
    """Let him through; the first time is written in the journal. NotFound, AccessRefused, BankRequestClosedRefused
    unless a request of his own is open."""
    delegations.lock(uow.connection, [command.adherent_id])
    day = paris_day(uow.now)
    of_the_company(delegations.administrator(uow.connection, command.actor, command.adherent_id, day))
    all_of_them = bank_requests.of_adherent(uow.connection, command.adherent_id)
    mine = [one for one in all_of_them if one.account_id == command.actor]
    states = bank_requests.states(uow.connection, mine, uow.now)
    opened = next((one for one in mine if states[one.id] is State.OPEN), None)
    if opened is None:
        raise BankRequestClosedRefused
    if opened.used_at is None:
        bank_requests.mark_used(uow.connection, opened.id, uow.now)
        note(uow, opened, Act.COORDONNEES_OUVERTES)
