"""New links for delegations that wait, which an administrator wants (G43, AA7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.welcome import hold, welcome
from services.identity.storage import delegations


@dataclass(frozen=True)
class InviteAgain:
    """Administrators want new links for these pending delegations."""

    delegation_ids: Sequence[UUID]


def invite_again(command: InviteAgain, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """A new link for each that still waits, whoever has its address by now. One that is not here yet gets its first
    link when it arrives."""
    reserved = hold(command.delegation_ids, uow)
    # Read again once the accounts are held: a link may have been made meanwhile, or the account completed.
    rows = delegations.pending(uow.connection, command.delegation_ids)
    welcome(rows, reserved, uow=uow, sealer=sealer, lifetimes=lifetimes)
