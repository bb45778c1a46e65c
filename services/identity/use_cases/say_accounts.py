"""What identity says again after its database was restored: its accounts (docs/decisions/0028)."""

from collections.abc import Sequence
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.stated import ACCOUNT_STATED
from services.identity.storage import accounts


def say_accounts(uow: UnitOfWork, after: UUID | None, limit: int) -> Sequence[UUID]:
    """The next accounts that somebody completed: nobody else was told of the others."""
    found = accounts.completed(uow.connection, after, limit)
    for account in found:
        uow.record(ACCOUNT_STATED, sequence=account.version, data=account.state())
    return [account.account_id for account in found]
