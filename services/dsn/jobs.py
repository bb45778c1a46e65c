"""What the dsn service does by the clock: look at the sites whose time has come, and each night at all the others."""

import logging
from collections.abc import Callable
from datetime import timedelta

from backbone.jobs import Job
from backbone.metrics import DIFFERENCES
from backbone.unit_of_work import UnitOfWork
from services.dsn.domain.site import Patience
from services.dsn.storage import sites
from services.dsn.use_cases.evaluate_sites import WAKE, EvaluateSites, evaluate_sites

BATCH = 500
log = logging.getLogger(__name__)


def evaluate_due_sites(*, units: Callable[[], UnitOfWork], patience: Patience) -> int:
    """Evaluate every site that is due, a batch per transaction; how many. Quarantined declarations come in first."""
    with units() as uow:
        sites.release_quarantine(uow.connection, uow.now)
        uow.commit()
    done = 0
    while True:
        with units() as uow:
            ids = sites.due(uow.connection, uow.now, BATCH)
            if not ids:
                return done
            evaluate_sites(EvaluateSites(ids, "clock"), uow=uow, patience=patience)
            uow.commit()
        done += len(ids)


def sweep(*, units: Callable[[], UnitOfWork], patience: Patience) -> int:
    """Judge again every site whose time has not come, a batch per transaction, and correct what differs; how many
    alerts and wake-ups did. It should find nothing: a difference is our fault, counted and alerted on."""
    differences, after = 0, None
    while True:
        with units() as uow:
            ids = sites.asleep(uow.connection, after, uow.now, BATCH)
            if not ids:
                return differences
            found = evaluate_sites(EvaluateSites(ids, "sweep"), uow=uow, patience=patience)
            uow.commit()
        if found.changes or found.overslept:
            DIFFERENCES.labels("dsn").inc(found.changes + found.overslept)
            log.error("sweep found", extra={"alerts": found.changes, "wake_ups": found.overslept})
        differences, after = differences + found.changes + found.overslept, ids[-1]


JOBS = {
    "evaluate_due_sites": Job(timedelta(minutes=1), evaluate_due_sites, wake=WAKE),
    "sweep": Job(timedelta(days=1), sweep),
}
