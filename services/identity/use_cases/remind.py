"""A link for somebody who proved to know an account that waits to be certified again (G54)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.certifying import remind_of


@dataclass(frozen=True)
class Remind:
    """Somebody gave the password of this account."""

    account_id: UUID


def remind(command: Remind, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """A new link, if it is of use to the account, and not more than a mailbox bears."""
    remind_of(command.account_id, uow=uow, sealer=sealer, lifetimes=lifetimes)
