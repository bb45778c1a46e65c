"""The holder of a dead link that certifies asks for a new one (G54)."""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.storage import certifications
from services.identity.use_cases.remind import Remind, remind


@dataclass(frozen=True)
class RenewCertification:
    """The holder of a dead link asked for a new one (`renew_links`)."""

    token_hash: str


def renew_certification(command: RenewCertification, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """The same mailbox gets it, if it is of use to its account."""
    found = certifications.known(uow.connection, command.token_hash)
    if found:
        remind(Remind(found.account_id), uow=uow, sealer=sealer, lifetimes=lifetimes)
