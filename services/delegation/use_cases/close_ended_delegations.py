"""At the end of its date de fin a delegation is over by itself; the job says so to the others (G26)."""

from collections.abc import Callable, Collection, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from backbone.clock import Clock, paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from contracts.words.reasons import Closed
from services.delegation.settings import Settings
from services.delegation.steps.bounding import close_with_descendants
from services.delegation.storage import delegations
from services.delegation.storage.journal import CALENDAR, Act


def close_ended_delegations(*, units: Callable[[], UnitOfWork], clock: Clock, settings: Settings) -> int:
    """Close what ended before today, oldest first, each once (G26, FA17, FA18). Returns how many."""
    today = paris_day(clock.now())

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
        return delegations.ended_before(uow.connection, today, limit, beside)

    def act(rows: Sequence[Any], uow: UnitOfWork) -> int:
        ended = delegations.still_ended(uow.connection, rows, today)
        return close_with_descendants(uow, ended, act=Act.ECHEANCE, author=CALENDAR, reason=Closed.ECHEANCE)

    rows = Rows("close_ended_delegations", due, act, itemgetter("id"))
    return in_batches(rows, units=units, batch=settings.closing_batch)
