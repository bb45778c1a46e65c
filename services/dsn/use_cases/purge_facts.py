"""Forget what is too old to be judged."""

from collections.abc import Callable

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.retention import oldest_kept
from services.dsn.domain.site import Patience
from services.dsn.storage import purging

BATCH = 5000


def purge_facts(*, units: Callable[[], UnitOfWork], patience: Patience) -> int:
    """Forget declarations, answers, alerts that are over with their history and imports older than the months that are
    judged, a batch a transaction; how many rows."""
    removed = 0
    while True:
        with units() as uow:
            count = purging.purge(uow.connection, oldest_kept(uow.now, patience.kept_years), BATCH)
            uow.commit()
        removed += count
        if not count:
            return removed
