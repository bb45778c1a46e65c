"""Forget deliveries whose proof is no longer needed: addresses and names are not kept for ever (ASVS 14.2.7)."""

from collections.abc import Callable
from datetime import timedelta

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from services.notification.storage import deliveries


def purge_deliveries(kept: timedelta, *, units: Callable[[], UnitOfWork], clock: Clock) -> int:
    """Delete what was finished longer than `kept` ago; how many."""
    with units() as uow:
        removed = deliveries.purge(uow.connection, clock.now() - kept)
        uow.commit()
    return removed
