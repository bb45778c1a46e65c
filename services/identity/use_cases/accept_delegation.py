"""Accepting a delegation with the account one has (T1): logged in, without any form.

Until then an account that exists and one that does not are the same for whoever typed the address (decision 23). Who
completed his account and waits for his first confirmation cannot log in: the link in his mailbox accepts for him.
"""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from services.identity.domain.account import Account, Proof
from services.identity.domain.invitation import AcceptsBy, Ended, accepts_by
from services.identity.domain.refusals import LinkDead
from services.identity.steps import security
from services.identity.steps.identify import identify
from services.identity.storage import accounts, delegations, invitations


@dataclass(frozen=True)
class AcceptDelegation:
    """The owner of the account, logged in, accepts what was sent to his address."""

    account_id: UUID
    delegation_id: UUID


def accept_delegation(command: AcceptDelegation, *, uow: UnitOfWork) -> None:
    """It waits for the company from now on. NotFound for what is not sent to the address he has, or is over; what he
    accepted already stays as it is. A login proves more than the link: one that expired holds nothing back."""
    account = accounts.lock(uow.connection, command.account_id)
    if account is None or not account.may_log_in:
        raise NotFound
    if delegations.addressed_to(uow.connection, account, command.delegation_id, paris_day(uow.now)) is None:
        raise NotFound
    _accept(account, command.delegation_id, uow)


@dataclass(frozen=True)
class AcceptByLink:
    """The reader of the mailbox uses the link of the invitation."""

    token: str

    def __repr__(self) -> str:
        return "AcceptByLink(***)"


def accept_by_link(command: AcceptByLink, *, uow: UnitOfWork) -> None:
    """The same, for an account that nobody can log in to yet. LinkDead (M3) for every other."""
    found = invitations.live(uow.connection, digest(command.token), uow.now)
    account = accounts.lock(uow.connection, found.account_id) if found else None
    by_link = account is not None and accepts_by(account.status) is AcceptsBy.LINK
    if account is None or not by_link or not invitations.consume(uow.connection, digest(command.token), uow.now):
        security.note(security.TOKEN_REUSE, failed=True, purpose="invitation")
        raise LinkDead
    accounts.prove(uow.connection, [account.account_id], Proof.INVITATION, uow.now)
    _accept(account, found.delegation_id, uow)


def _accept(account: Account, delegation_id: UUID, uow: UnitOfWork) -> None:
    if identify(account, already_known=True, uow=uow, only=[delegation_id]):
        invitations.end(uow.connection, [delegation_id], Ended.USED, uow.now)
        security.note(security.DELEGATION_ACCEPTED, account=account.account_id, delegation=delegation_id)
