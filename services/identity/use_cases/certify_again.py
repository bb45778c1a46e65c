"""Certifying an address again by the link of a mail (G54)."""

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.acts import Act
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.account import Proof
from services.identity.domain.link import Purpose, UseLink
from services.identity.steps.certifying import tell_certified
from services.identity.steps.links import dead, opened, used
from services.identity.steps.remembering import remember
from services.identity.storage import accounts


def certify_again(command: UseLink, *, uow: UnitOfWork) -> None:
    """The address is its owner's still: its time starts anew, and a suspended account is active. LinkDead."""
    _, account = opened(Purpose.CERTIFICATION, command.token, uow)
    if not used(Purpose.CERTIFICATION, command.token, uow):
        raise dead(Purpose.CERTIFICATION)
    active = accounts.change(uow.connection, account.account_id, status=Status.ACTIF, email_certified_at=uow.now)
    remember(account.account_id, Act.ADDRESS_CERTIFIED, uow)
    tell_certified(active, uow)
    accounts.prove(uow.connection, [account.account_id], Proof.RECERTIFICATION, uow.now)
