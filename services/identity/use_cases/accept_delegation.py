"""Accepting a delegation with the account one has (T1): logged in, without any form.

Until then an account that exists and one that does not are the same for whoever typed the address (decision 23). Who
completed his account and waits for his first confirmation cannot log in: the link in his mailbox accepts for him.
"""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.steps.accepting import accept
from services.identity.storage import accounts, delegations


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
    accept(account, command.delegation_id, uow)
