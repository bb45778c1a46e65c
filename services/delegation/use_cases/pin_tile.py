"""A person keeps a tile in front, or leaves it to its uses again (G69)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.storage import delegations, uses


@dataclass(frozen=True)
class PinTile:
    """Who wants which tile in front, for which adhérent; or no longer (`pinned` false)."""

    actor: UUID | None
    adherent_id: UUID
    code: str
    pinned: bool


def pin_tile(command: PinTile, *, uow: UnitOfWork) -> None:
    """As he wants it, whatever it was. NotFound without access (AA22)."""
    held = delegations.holder(uow.connection, command.actor, command.adherent_id, paris_day(uow.now))
    account_id = held.beneficiary.account_id
    if account_id is None:  # who holds it has an account
        return
    if command.pinned:
        uses.pin(uow.connection, account_id, command.adherent_id, command.code, uow.now)
    else:
        uses.unpin(uow.connection, account_id, command.adherent_id, command.code)
