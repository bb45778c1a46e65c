"""Store a batch of the caisse's answers and look at the sites they are about."""

from collections.abc import Sequence
from datetime import datetime

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.metrics import LAG
from services.dsn.domain.crm import UNDATED, Crm, dated
from services.dsn.domain.crm_lines import crm_of
from services.dsn.domain.neodes.faults import Status
from services.dsn.steps.evaluate_sites import EvaluateSites, evaluate_sites
from services.dsn.steps.store_declarations import Batch
from services.dsn.storage import sites
from services.dsn.storage.answers import identity_of, received_of_flows, sirets_of_flows, write_answers
from services.dsn.storage.imports import Item


def store_answers(numbered: Sequence[tuple[int, str]], batch: Batch, uow: UnitOfWork) -> list[Item]:
    """What became of each line. An answer may come before its declaration: it then waits for it."""
    read = [(at, _read(line, uow.now)) for at, line in numbered]
    answers = [one for _, one in read if one]
    known = sirets_of_flows(uow.connection, {(one.flow_id, one.flow_rank) for one in answers})
    written = write_answers(uow.connection, answers, batch.import_id)
    new = {(one.flow_id, one.flow_rank) for one in answers if identity_of(one) in written}
    concerned = sites.with_sirets(uow.connection, {known[flow] for flow in new if flow in known})
    ids = [row.site_id for rows in concerned.values() for row in rows]
    evaluate_sites(EvaluateSites(ids, f"import {batch.import_id}"), uow=uow, patience=batch.patience)
    for came in received_of_flows(uow.connection, new).values():
        LAG.labels(uow.source).observe((uow.now - came).total_seconds())
    return [_item(at, one, known, written) for at, one in read]


def _read(line: str, now: datetime) -> Crm | None:
    try:
        # Lines are read as ISO-8859-1; JSON is UTF-8.
        return dated(crm_of(line.encode("latin-1").decode("utf-8")), now)
    except ValueError:
        return None


def _item(at: int, one: Crm | None, known: dict[tuple[str, str], str], written: set[str]) -> Item:
    if one is None:
        return Item(at, at, Status.REJECTED, [("crm_illisible", at)])
    siret = known.get((one.flow_id, one.flow_rank))
    future = [("date_future", at)] if one.published_at == UNDATED else []
    if identity_of(one) not in written:
        return Item(at, at, Status.OK, [("deja_recue", at)], siret)
    if siret is None:
        return Item(at, at, Status.QUARANTINED, [("flux_inconnu", at), *future])
    return Item(at, at, Status.WARN if future else Status.OK, future, siret)
