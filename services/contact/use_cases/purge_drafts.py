"""Remove the drafts that nobody came back to."""

from collections.abc import Callable

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from services.contact.domain.ports import Blobs
from services.contact.storage.drafts import take_expired

CHUNK = 100


def purge_drafts(*, units: Callable[[], UnitOfWork], clock: Clock, blobs: Blobs) -> int:
    """Forget what expired, then delete the files; how many drafts.

    Forgotten first, deleted after the commit: a crash in between leaves orphans, which the sweep removes.
    """
    removed = 0
    while True:
        with units() as uow:
            found, names = take_expired(uow.connection, clock.now(), CHUNK)
            uow.commit()
        blobs.delete(names)
        removed += found
        if found < CHUNK:
            return removed
