"""Keep what caisses say of their due dates, and have the sites that it concerns looked at again."""

from collections.abc import Sequence

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.overrides import Override
from services.dsn.steps.evaluate_sites import WAKE
from services.dsn.storage import calendar, sites


def move_due_dates(said: Sequence[Override], uow: UnitOfWork) -> int:
    """How many sites are to be looked at again, by the job, in batches: those whose own month moved, and no other. The
    same word again, or an older one, moves nothing."""
    moved = calendar.write_overrides(uow.connection, said)
    count = sites.wake(uow.connection, sites.concerned_by(uow.connection, moved), uow.now) if moved else 0
    if count:
        uow.wake(WAKE)
    return count
