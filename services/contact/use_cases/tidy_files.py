"""Remove files nobody needs: orphans of cut uploads and crashes (FA19, FA20), files of dossiers that are closed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from services.contact import storage

# Longer than any upload takes to become a message.
ORPHAN_AFTER = timedelta(hours=1)
CHUNK = 500


class Store(Protocol):
    """Where the files are."""

    def older_than(self, instant: datetime) -> Iterator[str]:
        """Storage names of the kept files last written before `instant`."""

    def delete(self, names: Iterable[str]) -> int:
        """Delete files; how many there were."""

    def drop_unfinished(self, instant: datetime) -> int:
        """Delete what was being received before `instant`; how many."""


def sweep_files(*, units: Callable[[], UnitOfWork], clock: Clock, blobs: Store) -> int:
    """Delete what has been there for an hour and that no message refers to; how many files."""
    before = clock.now() - ORPHAN_AFTER
    removed = blobs.drop_unfinished(before)
    for names in _chunks(blobs.older_than(before)):
        with units() as uow:
            kept = storage.kept_names(uow.connection, names)
        removed += blobs.delete(name for name in names if name not in kept)
    return removed


def purge_files(*, units: Callable[[], UnitOfWork], clock: Clock, blobs: Store) -> int:
    """Delete the files of dossiers that expired or whose sender withdrew his consent; how many files.

    Marked first, deleted after the commit: a crash in between leaves orphans, which the sweep removes.
    """
    removed = 0
    while True:
        with units() as uow:
            names = storage.take_purgeable(uow.connection, clock.now(), CHUNK)
            uow.commit()
        if not names:
            return removed
        removed += blobs.delete(names)


def _chunks(names: Iterator[str]) -> Iterator[Sequence[str]]:
    while chunk := list(islice(names, CHUNK)):
        yield chunk
