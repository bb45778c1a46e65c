"""Store a batch of the caisse's answers and say what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.crm import UNDATED, dated
from services.dsn.domain.crm_lines import crm_of
from services.dsn.domain.crm_reading import CrmRead
from services.dsn.domain.neodes.faults import Status
from services.dsn.domain.reports import Reported, crm_reported
from services.dsn.steps.evaluate_sites import evaluate_sites
from services.dsn.steps.keep_answers import KeptAnswers, keep_answers
from services.dsn.steps.store_declarations import Batch
from services.dsn.storage import sites
from services.dsn.storage.answers import identity_of
from services.dsn.storage.imports import Item


@dataclass(frozen=True)
class AnswerSaid:
    """What a file says at some lines: an answer, or the code of the control that it fails."""

    line_from: int
    line_to: int
    read: CrmRead | str


def said_on(line: int, written: str) -> AnswerSaid:
    """The answer that the JSON on `line` is."""
    try:
        # Lines are read as ISO-8859-1; JSON is UTF-8, which some write with a mark before the first line.
        return AnswerSaid(line, line, crm_of(written.encode("latin-1").decode("utf-8-sig")))
    except ValueError:
        return AnswerSaid(line, line, "crm_illisible")


def said_in(reported: Reported) -> AnswerSaid:
    """The answer that a declaration of a report tells."""
    try:
        return AnswerSaid(reported.line_from, reported.line_to, crm_reported(reported))
    except ValueError:
        return AnswerSaid(reported.line_from, reported.line_to, "crm_illisible")


def store_answers(said: Sequence[AnswerSaid], batch: Batch, uow: UnitOfWork) -> list[Item]:
    """What became of each answer."""
    told = [replace(one, read=_dated(one.read, uow.now)) for one in said]
    ours = [one.read.crm for one in told if isinstance(one.read, CrmRead) and one.read.crm.is_ours]
    kept = keep_answers(ours, batch.import_id, uow)
    concerned = sites.with_sirets(uow.connection, kept.touched)
    ids = [row.site_id for rows in concerned.values() for row in rows]
    evaluate_sites(batch.evaluation(ids), uow=uow, patience=batch.patience)
    return [_item(one, kept) for one in told]


def _dated(read: CrmRead | str, now: datetime) -> CrmRead | str:
    return read if isinstance(read, str) else replace(read, crm=dated(read.crm, now))


def _item(one: AnswerSaid, kept: KeptAnswers) -> Item:
    if isinstance(one.read, str):
        return _told(one, Status.REJECTED, [one.read])
    crm = one.read.crm
    siret = kept.known.get((crm.flow_id, crm.flow_rank))
    codes = [*(["date_future"] if crm.published_at == UNDATED else []), *one.read.warnings]
    if crm.is_ours and identity_of(crm) not in kept.written:
        return _told(one, Status.OK, ["deja_recue"], siret)
    if crm.is_ours and siret is None:
        return _told(one, Status.QUARANTINED, ["flux_inconnu", *codes])
    return _told(one, Status.WARN if codes else Status.OK, codes, siret)


def _told(one: AnswerSaid, status: Status, codes: Sequence[str], siret: str | None = None) -> Item:
    return Item(one.line_from, one.line_to, status, [(code, one.line_from) for code in codes], siret)
