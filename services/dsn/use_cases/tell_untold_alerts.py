"""Say the alerts that stand otherwise than was told: those of before they were told at all, and those that a process
of the version before changed beside this one. As they stand, for it is no news."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from backbone.events.lanes import Lane, in_lane
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from services.dsn.steps.evaluate_sites import BATCH
from services.dsn.steps.tell_alerts import tell_standing
from services.dsn.storage import telling
from services.dsn.storage.telling import Standing


@in_lane(Lane.BULK)
def tell_untold_alerts(*, units: Callable[[], UnitOfWork]) -> int:
    """Say each of them once, a batch per transaction; how many."""

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Standing]:
        return telling.untold(uow.connection, limit, beside)

    def act(alerts: Sequence[Standing], uow: UnitOfWork) -> int:
        tell_standing(uow, alerts)
        telling.mark_told(uow.connection, alerts)
        return len(alerts)

    return in_batches(Rows("tell_untold_alerts", due, act, lambda one: one.alert.id), units=units, batch=BATCH)
