"""Import a file: declarations in NEODeS, or answers of the caisse (JSON lines, report in XML). Streamed, a batch per
transaction.

What was read stays when the rest cannot be; the same file again finds everything known and changes nothing.
Reading ends after so many refusals that the file is not what it should be, and the report says where.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from backbone.clock import Clock, paris_day
from backbone.events.lanes import Lane, in_lane
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.neodes.faults import STOPPED, Status
from services.dsn.domain.neodes.lines import LONGEST_ANSWER, lines, unpacked
from services.dsn.domain.neodes.scan import Wrapper, scan
from services.dsn.domain.refusals import EmptyFile, UnknownFormat
from services.dsn.domain.reports import Reported, Reports
from services.dsn.domain.site import Patience
from services.dsn.settings import Settings
from services.dsn.steps.evaluate_sites import WAKE
from services.dsn.steps.store_answers import AnswerSaid, said_in, said_on, store_answers
from services.dsn.steps.store_declarations import Batch, store_declarations
from services.dsn.storage import imports
from services.dsn.storage.imports import Item

BATCH = 200
REPORT = "rapport"
BOM = b"\xef\xbb\xbf"
Value = TypeVar("Value")


@dataclass(frozen=True)
class ImportFile:
    """Who sends, and the bytes: `chunks()` reads them from the beginning, as often as it is called."""

    client: str
    chunks: Callable[[], Iterable[bytes]]


@in_lane(Lane.BULK)
def import_file(
    command: ImportFile,
    *,
    units: Callable[[], UnitOfWork],
    clock: Clock,
    settings: Settings,
    patience: Patience,
    reports: Reports,
) -> UUID:
    """Import the file and return the import's id. Raises EmptyFile, UnknownFormat, GzipDamaged, FileTooLarge,
    XmlForbidden, XmlUnreadable, and then nothing was kept."""
    limit = settings.import_max_bytes
    kind = _format(unpacked(command.chunks(), limit))
    if kind == REPORT:
        limit = min(limit, settings.report_max_bytes)
        reports.check(unpacked(command.chunks(), limit))
    import_id = new_id()
    with units() as uow:
        imports.begin(uow.connection, import_id, client=command.client, format=kind, now=uow.now)
        uow.commit()
    batch = Batch(import_id, paris_day(clock.now()), patience, command.client)
    whole = unpacked(command.chunks(), limit)
    read = _reported(reports.read(whole), batch) if kind == REPORT else _READERS[kind](whole, batch)
    first, left = 1, settings.import_most_refused
    for act in read:
        with units() as uow:
            items = [*act(uow)]
            left -= sum(item.status is Status.REJECTED for item in items)
            items += [_stop(items[-1].line_to + 1)] if left <= 0 else []
            imports.add(uow.connection, import_id, first, items)
            uow.wake(WAKE)
            uow.commit()
        first += len(items)
        if left <= 0:
            break
    with units() as uow:
        imports.finish(uow.connection, import_id, uow.now)
        uow.commit()
    return import_id


Act = Callable[[UnitOfWork], Sequence[Item]]


def _stop(line: int) -> Item:
    """Says that nothing was read from `line` on: a report of millions of refusals helps nobody and fills the disk."""
    return Item(line, line, Status.REJECTED, [(STOPPED, line)])


def _format(chunks: Iterable[bytes]) -> str:
    """By the first character; the whole file is walked once, so that its size is known."""
    start = b""
    for chunk in chunks:
        start = start or chunk.removeprefix(BOM).lstrip()[:1]
    if not start:
        raise EmptyFile
    if start == b"[":
        raise UnknownFormat
    return {b"{": "crm", b"<": REPORT}.get(start, "neodes")


def _declarations(whole: Iterable[bytes], batch: Batch) -> Iterator[Act]:
    wrapper = Wrapper()
    for some in _batched(scan(lines(whole), wrapper)):
        yield lambda uow, some=some: store_declarations(some, batch, uow)  # type: ignore[misc]
    faults = wrapper.faults()
    if faults:
        items = [Item(one.line, one.line, Status.WARN, [(one.control.code, one.line)]) for one in faults]
        yield lambda uow: items


def _answers(whole: Iterable[bytes], batch: Batch) -> Iterator[Act]:
    written = enumerate(lines(whole, LONGEST_ANSWER), start=1)
    return _stored((said_on(at, line) for at, line in written if line.strip()), batch)


def _reported(found: Iterable[Reported], batch: Batch) -> Iterator[Act]:
    return _stored(map(said_in, found), batch)


def _stored(said: Iterable[AnswerSaid], batch: Batch) -> Iterator[Act]:
    for some in _batched(said):
        yield lambda uow, some=some: store_answers(some, batch, uow)  # type: ignore[misc]


_READERS: dict[str, Callable[[Iterable[bytes], Batch], Iterator[Act]]] = {"neodes": _declarations, "crm": _answers}


def _batched(values: Iterable[Value]) -> Iterator[list[Value]]:
    source = iter(values)
    while some := list(itertools.islice(source, BATCH)):
        yield some
