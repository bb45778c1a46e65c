"""Have the antivirus judge the files of messages, one after the other, with no transaction open meanwhile.

Fail closed: only a verdict opens a file to the caisse, and whatever goes wrong leaves it without one. One process at a
time is the leader of this job, so a file needs no claim; a process that dies in the middle leaves the file as it was.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.statuses import Scan
from services.contact.domain.ports import Antivirus, Blobs
from services.contact.domain.scan import WAKE
from services.contact.storage import files as stored

log = logging.getLogger(__name__)

# A run ends after this long, so that a process that is told to stop stops; it wakes itself again.
LONGEST = timedelta(seconds=5)
BATCH = 100
# A file that could not be judged lets the others pass: were it the one that ends clamd, they would never be.
AGAIN_AFTER = timedelta(seconds=30)


class AntivirusAway(ConnectionError):
    """Nobody takes the question: the worker waits, and says so."""


class NotJudged(Exception):
    """The answer did not come, or was no verdict."""


def scan_files(*, units: Callable[[], UnitOfWork], clock: Clock, blobs: Blobs, antivirus: Antivirus | None) -> int:
    """Judge what waits; how many files were: none where no antivirus is configured. AntivirusAway: the rest waits."""
    if antivirus is None:
        return 0
    started, judged = clock.now(), 0
    while files := _due(units):
        for file in files:
            if clock.now() - started >= LONGEST:
                _wake(units)
                return judged
            verdict = _judge(file, blobs, antivirus)
            _record(file, verdict, units)
            if verdict is Scan.INFECTED:  # after the commit: a crash in between leaves the bytes to the sweep
                blobs.delete([file.storage_name])
            judged += verdict is not None
    return judged


def _due(units: Callable[[], UnitOfWork]) -> Sequence[Any]:
    with units() as uow:
        return stored.due_scans(uow.connection, uow.now, AGAIN_AFTER, BATCH)


def _record(file: Any, verdict: Scan | None, units: Callable[[], UnitOfWork]) -> None:
    with units() as uow:
        stored.record_scan(uow.connection, file.file_id, verdict, again_at=uow.now + AGAIN_AFTER)
        uow.commit()


def _wake(units: Callable[[], UnitOfWork]) -> None:
    with units() as uow:
        uow.wake(WAKE)
        uow.commit()


def _judge(file: Any, blobs: Blobs, antivirus: Antivirus) -> Scan | None:
    about = {"file_id": str(file.file_id)}
    try:
        with blobs.open(file.storage_name) as content:
            virus = antivirus.virus_in(content)
    except AntivirusAway:
        raise
    except Exception as error:  # whatever this file's fault is, the others are judged
        log.warning("file not judged", extra={**about, "error": f"{type(error).__name__}: {error}"})
        return None
    if virus is not None:
        log.warning("virus found", extra={**about, "virus": virus})
    return Scan.CLEAN if virus is None else Scan.INFECTED
