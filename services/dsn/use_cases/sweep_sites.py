"""Look again at every site whose time has not come: nothing should differ."""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from backbone.events.lanes import Lane, in_lane
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.metrics import DIFFERENCES
from backbone.shape.aside import Rows, in_batches
from services.dsn.domain.site import Patience
from services.dsn.steps.evaluate_sites import BATCH, Differences, EvaluateSites, evaluate_sites
from services.dsn.storage import sites
from services.dsn.storage.month_counts import write_counts

log = logging.getLogger(__name__)


@in_lane(Lane.BULK)
def sweep_sites(*, units: Callable[[], UnitOfWork], patience: Patience) -> int:
    """Judge again every site whose time has not come, a batch per transaction, and correct what differs; how many
    alerts and wake-ups did. It should find nothing: a difference is our fault, counted and alerted on.

    Where it stands and what it found count once a batch is committed: one that is undone is looked at again. What it
    saw of months, by state, is kept for who watches (`queries/measures.py`)."""
    after: UUID | None = None
    judged, corrected, months = Differences(0, 0, {}), 0, Counter[str]()

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[UUID]:
        return sites.asleep(uow.connection, after, uow.now, limit, beside)

    def act(ids: Sequence[UUID], uow: UnitOfWork) -> int:
        nonlocal judged
        judged = evaluate_sites(EvaluateSites(ids, "sweep"), uow=uow, patience=patience)
        return len(ids)

    def done(ids: Sequence[UUID]) -> None:
        nonlocal after, corrected
        if ids:
            after = ids[-1]
            corrected += _correct(judged)
            months.update(judged.months)

    in_batches(Rows("sweep", due, act, lambda id: id, done), units=units, batch=BATCH)
    with units() as uow:
        write_counts(uow.connection, months)
        uow.commit()
    return corrected


def _correct(differences: Differences) -> int:
    """Count and log what a batch of the sweep corrected."""
    if differences.changes or differences.overslept:
        DIFFERENCES.labels("dsn").inc(differences.changes + differences.overslept)
        log.error("sweep found", extra={"alerts": differences.changes, "wake_ups": differences.overslept})
    return differences.changes + differences.overslept
