"""What waits for a confirmation since two days, then since seven, is said once more to who may give it (G52)."""

from collections.abc import Callable, Collection, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from backbone.clock import Clock, paris_day
from backbone.events.lanes import Lane, in_lane
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from contracts.events.reminding import CONFIRMATION_AWAITED
from services.delegation.domain.reminding import step_of
from services.delegation.settings import Settings
from services.delegation.steps.announce import announce, person, with_administrators
from services.delegation.storage import adherents, reminders


@in_lane(Lane.BULK)
def remind_waiting(*, units: Callable[[], UnitOfWork], clock: Clock, settings: Settings) -> int:
    """Remind the administrators of what waits, once after each step; how many delegations were looked at."""
    now = clock.now()
    today = paris_day(now)

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
        return reminders.waiting(uow.connection, now, today, limit, beside)

    def act(rows: Sequence[Any], uow: UnitOfWork) -> int:
        waits = reminders.still_waiting(uow.connection, rows, today)
        steps = {one.id: step_of(one.completed_at or now, now) for one in waits}
        reminders.mark_reminded(uow.connection, steps)
        concerned = adherents.references(uow.connection, {one.adherent_id for one in waits})
        for one, serving in with_administrators(uow, waits, today):
            told = {"administrators": [person(admin) for admin in serving], "by_beneficiary": False}
            announce(uow, CONFIRMATION_AWAITED, one, concerned[one.adherent_id], reminded_at=uow.now, **told)
        return len(waits)

    rows = Rows("remind_waiting", due, act, itemgetter("id"))
    return in_batches(rows, units=units, batch=settings.closing_batch)
