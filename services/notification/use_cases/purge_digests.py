"""Forget alerts that are long over, what was told of them, whom the runs of old days looked at, and old nights."""

from collections.abc import Callable
from datetime import timedelta

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from services.notification.storage import alerts, digests, nights

# Longer than any news or reminder reaches back: an alert that reopens later is a new one to everybody.
KEPT = timedelta(days=60)


def purge_digests(*, units: Callable[[], UnitOfWork]) -> int:
    """Delete what was over longer than that ago; how many alerts."""
    with units() as uow:
        gone = alerts.purge(uow.connection, uow.now - KEPT)
        digests.purge(uow.connection, paris_day(uow.now - KEPT))
        nights.purge(uow.connection, uow.now - KEPT)
        uow.commit()
    return gone
