"""Accepting a delegation by the link of its invitation, for an account that nobody can log in to yet (T1)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.account import Proof
from services.identity.domain.invitation import AcceptsBy, accepts_by
from services.identity.domain.link import Purpose, UseLink
from services.identity.steps.accepting import accept
from services.identity.steps.links import dead, opened, used
from services.identity.storage import accounts


def accept_by_link(command: UseLink, *, uow: UnitOfWork) -> None:
    """The same, for an account that nobody can log in to yet. LinkDead (M3) for every other."""
    found, account = opened(Purpose.INVITATION, command.token, uow)
    by_link = accepts_by(account.status) is AcceptsBy.LINK
    if not by_link or not used(Purpose.INVITATION, command.token, uow):
        raise dead(Purpose.INVITATION)
    accounts.prove(uow.connection, [account.account_id], Proof.INVITATION, uow.now)
    accept(account, [found.delegation_id], uow)
