"""Accepting a delegation by the link of its invitation, for an account that nobody can log in to yet (T1)."""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from services.identity.domain.account import Proof
from services.identity.domain.invitation import AcceptsBy, accepts_by
from services.identity.domain.refusals import LinkDead
from services.identity.steps import security
from services.identity.steps.accepting import accept
from services.identity.storage import accounts, invitations


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
    accept(account, found.delegation_id, uow)
