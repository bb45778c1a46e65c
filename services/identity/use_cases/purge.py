"""Forgetting in time."""

from collections.abc import Callable

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.storage import purging


def purge(*, units: Callable[[], UnitOfWork]) -> int:
    """Delete old sessions, links, codes and counters."""
    with units() as uow:
        removed = purging.purge(uow.connection, uow.now)
        uow.commit()
    return removed
