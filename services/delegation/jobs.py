"""The clock's way in: at the end of its date de fin a delegation is over by itself; the job says so to the others."""

from collections.abc import Callable
from datetime import timedelta

from backbone.clock import Clock, paris_day
from backbone.jobs import Job
from backbone.unit_of_work import UnitOfWork
from services.delegation.settings import Settings
from services.delegation.storage import delegations
from services.delegation.storage.journal import CALENDAR, Act
from services.delegation.use_cases.bounding import close_with_descendants


def close_ended_delegations(*, units: Callable[[], UnitOfWork], clock: Clock, settings: Settings) -> int:
    """Close what ended before today, oldest first, each once (G26, FA17, FA18). Returns how many."""
    closed = 0
    while True:
        with units() as uow:
            due = delegations.ended_before(uow.connection, paris_day(clock.now()), settings.closing_batch)
            done = close_with_descendants(uow, due, act=Act.ECHEANCE, author=CALENDAR, reason="echeance")
            uow.commit()
        closed += done
        if not done:
            return closed


JOBS = {"close_ended_delegations": Job(every=timedelta(minutes=1), run=close_ended_delegations)}
