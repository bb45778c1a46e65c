"""The holder of a dead link that invited asks for a new one (G43, AA7)."""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.invitation import FORGETFUL, renewable
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.invite_oneself import invite_themselves
from services.identity.storage import accounts, invitations
from services.identity.use_cases.invite_again import InviteAgain, invite_again


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
