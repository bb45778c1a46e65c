"""Remove the files of dossiers that are closed."""

from collections.abc import Callable

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from services.contact.domain.ports import Blobs
from services.contact.storage.messages import take_purgeable

CHUNK = 500


def purge_files(*, units: Callable[[], UnitOfWork], clock: Clock, blobs: Blobs) -> int:
    """Delete the files of dossiers that expired or whose sender withdrew his consent; how many files.

    Marked first, deleted after the commit: a crash in between leaves orphans, which the sweep removes.
    """
    removed = 0
    while True:
        with units() as uow:
            names = take_purgeable(uow.connection, clock.now(), CHUNK)
            uow.commit()
        if not names:
            return removed
        removed += blobs.delete(names)
