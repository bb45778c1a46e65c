"""On its date d'effet a delegation that was confirmed before opens by itself; the job says so to the others, once."""

from collections.abc import Callable, Collection, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from backbone.clock import Clock, paris_day
from backbone.events.lanes import Lane, in_lane
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from contracts.events.delegation import DELEGATION_STARTED
from services.delegation.settings import Settings
from services.delegation.steps.announce import announce
from services.delegation.steps.telling import by_its_dates
from services.delegation.storage import adherents, delegations


@in_lane(Lane.BULK)
def start_delegations(*, units: Callable[[], UnitOfWork], clock: Clock, settings: Settings) -> int:
    """Announce what began to be usable by its date, each once; how many were looked at. What was in force as soon as
    somebody decided it was told with that."""
    today = paris_day(clock.now())

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
        return delegations.starting(uow.connection, today, limit, beside)

    def act(rows: Sequence[Any], uow: UnitOfWork) -> int:
        begun = delegations.still_starting(uow.connection, rows, today)
        delegations.mark_begun(uow.connection, begun)
        told = [one for one in begun if one.starts_untold(today)]
        concerned = adherents.references(uow.connection, {one.adherent_id for one in told})
        both = by_its_dates(uow, told)
        for one in told:
            again = {"suspended_until": one.resumes_after}
            announce(uow, DELEGATION_STARTED, one, concerned[one.adherent_id], **again, **both[one.id])
        return len(begun)

    rows = Rows("start_delegations", due, act, itemgetter("id"))
    return in_batches(rows, units=units, batch=settings.closing_batch)
