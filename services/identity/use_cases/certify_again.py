"""Certifying an address again by the link of a mail (G54)."""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from services.identity.domain.account import Proof, Status
from services.identity.domain.refusals import LinkDead
from services.identity.steps import security
from services.identity.steps.certifying import tell_certified
from services.identity.storage import accounts, certifications


@dataclass(frozen=True)
class CertifyAgain:
    """The link of such a mail, used by its reader."""

    token: str

    def __repr__(self) -> str:
        return "CertifyAgain(***)"


def certify_again(command: CertifyAgain, *, uow: UnitOfWork) -> None:
    """The address is its owner's still: its time starts anew, and a suspended account is active. LinkDead."""
    found = certifications.live(uow.connection, digest(command.token), uow.now)
    account = accounts.lock(uow.connection, found.account_id) if found else None
    used = account and certifications.consume(uow.connection, digest(command.token), uow.now)
    if account is None or not used:
        security.note(security.TOKEN_REUSE, failed=True, purpose="certification")
        raise LinkDead
    active = accounts.change(uow.connection, account.account_id, status=Status.ACTIF, email_certified_at=uow.now)
    tell_certified(active, uow)
    accounts.prove(uow.connection, [account.account_id], Proof.RECERTIFICATION, uow.now)
