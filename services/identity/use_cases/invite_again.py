"""New links for delegations that wait, which an administrator wants (G43, AA7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.welcome import welcome_again


@dataclass(frozen=True)
class InviteAgain:
    """Administrators want new links for these pending delegations."""

    delegation_ids: Sequence[UUID]


def invite_again(command: InviteAgain, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """A new link for each that still waits, whoever has its address by now. One that is not here yet gets its first
    link when it arrives."""
    welcome_again(command.delegation_ids, uow=uow, sealer=sealer, lifetimes=lifetimes)
