"""New links for delegations that wait: an administrator wants one, or the holder of a dead one (G43, AA7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.invitation import FORGETFUL, renewable
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.invite_oneself import invite_themselves
from services.identity.steps.welcome import hold, welcome
from services.identity.storage import accounts, delegations, invitations


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


@dataclass(frozen=True)
class RenewInvitation:
    """The holder of a dead link asked for a new one (`renew_links`)."""

    token_hash: str


def renew_invitation(command: RenewInvitation, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """The same mailbox gets it, if the link was ever ours and its delegation still waits: or any other, when the person
    had asked for it himself."""
    found = invitations.known(uow.connection, command.token_hash)
    if not found or not renewable(found.ended_by, found.share):
        return
    if found.share == FORGETFUL:
        account = accounts.lock(uow.connection, found.account_id)
        invite_themselves([account] if account else [], uow=uow, sealer=sealer, lifetimes=lifetimes)
    else:
        again = InviteAgain([found.delegation_id])
        invite_again(again, uow=uow, sealer=sealer, lifetimes=lifetimes)
