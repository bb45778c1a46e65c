"""Keep what caisses say of their due dates, and have the sites that it concerns looked at again."""

from collections.abc import Sequence, Set
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.overrides import Override
from services.dsn.steps.evaluate_sites import WAKE
from services.dsn.storage import calendar, sites


def move_due_dates(said: Sequence[Override], uow: UnitOfWork) -> int:
    """How many sites are to be looked at again, by the job, in batches: those whose own month moved, and no other. The
    same word again, or an older one, moves nothing."""
    moved = calendar.write_overrides(uow.connection, said)
    concerned = sites.concerned_by(uow.connection, moved) if moved else []
    if concerned:
        uow.leave_for_last(_wake, concerned)
        uow.wake(WAKE)
    return len(concerned)


def _wake(uow: UnitOfWork, ids: Set[UUID]) -> None:
    sites.wake(uow.connection, ids, uow.now)
