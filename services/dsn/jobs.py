"""What the dsn service does by the clock: look at the sites whose time has come."""

from collections.abc import Callable
from datetime import timedelta

from backbone.jobs import Job
from backbone.unit_of_work import UnitOfWork
from services.dsn.domain.site import Patience
from services.dsn.storage import sites
from services.dsn.use_cases.evaluate_sites import WAKE, EvaluateSites, evaluate_sites

BATCH = 500


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


JOBS = {"evaluate_due_sites": Job(timedelta(minutes=1), evaluate_due_sites, wake=WAKE)}
