"""Remove the orphans of cut uploads and crashes (FA19, FA20)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from services.contact.domain.ports import Blobs
from services.contact.storage.files import kept_names

# Longer than any upload takes to become a message.
ORPHAN_AFTER = timedelta(hours=1)
CHUNK = 500


def sweep_files(*, units: Callable[[], UnitOfWork], clock: Clock, blobs: Blobs) -> int:
    """Delete what has been there for an hour and that no message refers to; how many files."""
    before = clock.now() - ORPHAN_AFTER
    removed = blobs.drop_unfinished(before)
    for names in _chunks(blobs.older_than(before)):
        with units() as uow:
            kept = kept_names(uow.connection, names)
        removed += blobs.delete(name for name in names if name not in kept)
    return removed


def _chunks(names: Iterator[str]) -> Iterator[Sequence[str]]:
    while chunk := list(islice(names, CHUNK)):
        yield chunk
