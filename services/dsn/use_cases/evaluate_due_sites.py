"""Look at the sites whose time has come."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from backbone.events.lanes import Lane, in_lane
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from services.dsn.domain.site import Patience
from services.dsn.steps.evaluate_sites import BATCH, EvaluateSites, evaluate_sites
from services.dsn.steps.looking_again import release
from services.dsn.storage import sites


@in_lane(Lane.BULK)
def evaluate_due_sites(*, units: Callable[[], UnitOfWork], patience: Patience) -> int:
    """Evaluate every site that is due, a batch per transaction; how many. What waited for what is known now comes in
    first. A site that somebody else holds is left to the next run: this job waits for no row."""
    with units() as uow:
        release(uow)
        uow.commit()

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[UUID]:
        return sites.due(uow.connection, uow.now, limit, beside)

    def act(ids: Sequence[UUID], uow: UnitOfWork) -> int:
        evaluate_sites(EvaluateSites(ids, "clock"), uow=uow, patience=patience)
        return len(ids)

    return in_batches(Rows("evaluate_due_sites", due, act, lambda id: id), units=units, batch=BATCH)
