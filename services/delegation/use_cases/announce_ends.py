"""Who holds a delegation is warned 30 and 7 days before it ends, so that more days can be asked for in time (G26)."""

from collections.abc import Callable, Collection, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from backbone.clock import Clock, paris_day
from backbone.events.lanes import Lane, in_lane
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from contracts.events.reminding import DELEGATION_ENDING
from services.delegation.domain.forewarning import is_news, step_of
from services.delegation.settings import Settings
from services.delegation.steps.announce import announce
from services.delegation.storage import adherents, reminders


@in_lane(Lane.BULK)
def announce_ends(*, units: Callable[[], UnitOfWork], clock: Clock, settings: Settings) -> int:
    """Announce what ends soon, once for each end and each of its two warnings; how many were looked at."""
    today = paris_day(clock.now())

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
        return reminders.ending(uow.connection, today, limit, beside)

    def act(rows: Sequence[Any], uow: UnitOfWork) -> int:
        near = reminders.still_ending(uow.connection, rows, today)
        ends = {one.id: (end, step_of(end, today) or 0) for one in near if (end := one.effective.period.ends_on)}
        reminders.mark_warned(uow.connection, ends)
        concerned = adherents.references(uow.connection, {one.adherent_id for one in near})
        for one in near:
            end, step = ends[one.id]
            known_on = max(one.facts.confirmed_on or today, one.effective.period.starts_on)
            if is_news(known_on, end, step):
                announce(uow, DELEGATION_ENDING, one, concerned[one.adherent_id], days=step)
        return len(near)

    rows = Rows("announce_ends", due, act, itemgetter("id"))
    return in_batches(rows, units=units, batch=settings.closing_batch)
