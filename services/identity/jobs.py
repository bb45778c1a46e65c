"""The clock's way in: answer the forgotten passwords that were noted, end changes of address, forget what is old."""

from collections.abc import Callable
from datetime import timedelta

from backbone.jobs import Job
from backbone.unit_of_work import UnitOfWork
from services.identity.storage import purging
from services.identity.use_cases.end_identifier_change import lapse_identifiers
from services.identity.use_cases.forgotten_password import WAKE, answer_resets


def purge(*, units: Callable[[], UnitOfWork]) -> int:
    """Delete old sessions, links, codes and counters."""
    with units() as uow:
        removed = purging.purge(uow.connection, uow.now)
        uow.commit()
    return removed


JOBS = {
    "answer_resets": Job(every=timedelta(seconds=5), run=answer_resets, wake=WAKE, leader=False),
    "lapse_identifiers": Job(every=timedelta(minutes=1), run=lapse_identifiers),
    "purge": Job(every=timedelta(hours=1), run=purge),
}
