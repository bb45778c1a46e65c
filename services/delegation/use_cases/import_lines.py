"""A chunk of the caisse's referential: set-based, one transaction, and the same chunk twice changes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from backbone.events.lanes import Lane, in_lane
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.referential import Line, Rejection
from services.delegation.domain.referential_file import csv_lines, json_lines
from services.delegation.domain.referential_merge import Key, Known, Said, changed_sites, contradictions, gather
from services.delegation.domain.refusals import ImportStopped, TooManyLinesRefused
from services.delegation.settings import Settings
from services.delegation.steps.import_adherents import create_adherents, update_adherents
from services.delegation.steps.import_founders import settle_founders
from services.delegation.storage import imports, referential, site_access

SLICE = 500
READERS = {"csv": csv_lines, "jsonl": json_lines}


@dataclass(frozen=True)
class ImportLines:
    """The chunk, and the file's number of its first line of data."""

    client_id: str
    import_id: UUID
    first: int
    body: bytes


@dataclass
class Report:
    """What became of the lines: sites by outcome, and the lines to correct."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejection] = field(default_factory=list)

    def as_plain(self) -> dict[str, Any]:
        """As it is answered."""
        return {**asdict(self), "rejected": [asdict(one) for one in sorted(self.rejected, key=lambda one: one.line)]}


@in_lane(Lane.BULK)
def import_lines(command: ImportLines, *, uow: UnitOfWork, settings: Settings) -> dict[str, Any]:
    """Apply the good lines of a chunk; report the bad ones, which stop nothing. Raises HeaderRefused, NotFound,
    TooManyLinesRefused, and ImportStopped once the chunks before brought more refusals than anybody corrects."""
    started = imports.find(uow.connection, command.import_id, command.client_id)
    if started["rejected"] >= settings.import_most_refused:
        raise ImportStopped
    referential.one_at_a_time(uow.connection)
    said, rejected = gather(_bounded(READERS[started["format"]](command.body, command.first), settings))
    report = Report(rejected=rejected)
    for part in _slices(said):
        _apply(part, command.import_id, report, uow)
    totals = {**asdict(report), "rejected": len(report.rejected)}
    imports.count(uow.connection, command.import_id, totals, uow.now)
    return report.as_plain()


def _apply(part: Mapping[Key, Said], import_id: UUID, report: Report, uow: UnitOfWork) -> None:
    known = referential.known_adherents(uow.connection, part.keys())
    wrong = {key: contradictions(said, known.get(key), import_id) for key, said in part.items()}
    report.rejected += [rejection for rejections in wrong.values() for rejection in rejections]
    new = [said for key, said in part.items() if key not in known]
    older = [(said, known[key]) for key, said in part.items() if key in known and not wrong[key]]
    create_adherents(new, import_id, uow)
    report.created += sum(len(said.lines) for said in new)
    settled, refused = settle_founders(older, uow)
    report.rejected += refused
    update_adherents(settled, import_id, uow)
    _count(settled, {one.line for one in refused}, report)
    shown = [before.id for said, before in settled if _shown_differently(said, before)]
    site_access.refresh_adherents(uow.connection, shown)


def _count(settled: list[tuple[Said, Known]], refused: set[int], report: Report) -> None:
    for said, before in settled:
        changed = {line.number: line.site.siret in before.sites for line in changed_sites(said, before)}
        for line in said.lines:
            if line.number in refused:
                continue
            if line.number in changed and not changed[line.number]:
                report.created += 1
            elif line.number in changed or said.columns != before.columns:
                report.updated += 1
            else:
                report.unchanged += 1


def _shown_differently(said: Said, before: Known) -> bool:
    return said.columns.raison_sociale != before.columns.raison_sociale or bool(changed_sites(said, before))


def _slices(said: Mapping[Key, Said]) -> Iterator[dict[Key, Said]]:
    """Parts of about SLICE lines: what one statement carries is bounded, whatever the request brought."""
    part: dict[Key, Said] = {}
    lines = 0
    for key, one in said.items():
        part[key] = one
        lines += len(one.lines)
        if lines >= SLICE:
            yield part
            part, lines = {}, 0
    if part:
        yield part


def _bounded(lines: Iterator[Line | Rejection], settings: Settings) -> Iterator[Line | Rejection]:
    for count, line in enumerate(lines):
        if count >= settings.import_lines_per_request:
            raise TooManyLinesRefused
        yield line
