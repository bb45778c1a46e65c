"""A link for somebody who proved to know an account that waits to be certified again (G54)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.account import Status
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.domain.recertification import PER_ACCOUNT, Terms
from services.identity.steps import security
from services.identity.steps.certifying import make_links
from services.identity.storage import certifications, counters


@dataclass(frozen=True)
class Remind:
    """Somebody proved to know the account: its password, its mailbox."""

    account_id: UUID


def remind(command: Remind, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """A new link, if it is of use to the account, and not more than a mailbox bears."""
    terms = Terms(uow.now, lifetimes)
    row = certifications.wanting(uow.connection, command.account_id, terms)
    if row is None:
        return
    if counters.count(uow.connection, "certification", str(command.account_id), PER_ACCOUNT, uow.now):
        security.note(security.RATE_EXCEEDED, failed=True, account=command.account_id, purpose="certification")
        return
    make_links([row], uow, sealer, terms, suspended=row.status == Status.DESACTIVE)
