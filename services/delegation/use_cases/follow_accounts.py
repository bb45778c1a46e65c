"""identity's accounts, followed: names and addresses for the lists; another address is told to who delegated (G75)."""

from collections.abc import Mapping, Sequence
from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.steps.following import follow


def follow_accounts(rows: Sequence[Mapping[str, Any]], *, uow: UnitOfWork) -> None:
    """Keep the newest of each account, show it on its delegations, and end what it may not hold any more (K1, K2)."""
    follow(rows, uow=uow)
