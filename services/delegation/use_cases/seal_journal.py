"""What was written in the journal gets its seal."""

from collections.abc import Callable

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.steps.sealing import seal_lines
from services.delegation.storage import seals


def seal_journal(*, units: Callable[[], UnitOfWork]) -> int:
    """Seal the lines that have none, those of a version before as well; how many. One process does it at a time, so
    that each chain has one end."""
    with units() as uow:
        since = seals.look_from(uow.connection)
    return seal_lines(units, since)
