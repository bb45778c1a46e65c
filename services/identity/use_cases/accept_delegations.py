"""Accepting delegations with the account one has (T1): logged in, without any form.

Until then an account that exists and one that does not are the same for whoever typed the address (decision 23). Who
completed his account and waits for his first confirmation cannot log in: the link in his mailbox accepts for him.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.steps.accepting import accept
from services.identity.storage import accounts, delegations


@dataclass(frozen=True)
class AcceptDelegations:
    """The owner of the account, logged in, accepts what was sent to his address: one, or all that he was shown."""

    account_id: UUID
    delegation_ids: Collection[UUID]


def accept_delegations(command: AcceptDelegations, *, uow: UnitOfWork) -> list[UUID]:
    """They wait for their companies from now on. Which they are: what is not sent to the address he has, or is over, is
    left out; what he accepted already stays as it is. NotFound when it is none of them. A login proves more than the
    link: one that expired holds nothing back."""
    account = accounts.lock(uow.connection, command.account_id)
    if account is None or not account.may_log_in:
        raise NotFound
    his = delegations.addressed_to(uow.connection, account, command.delegation_ids, paris_day(uow.now))
    if not his:
        raise NotFound
    accept(account, his, uow)
    return his
