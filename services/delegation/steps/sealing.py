"""Lines of the journal get their seals, in the order in which they were written."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from services.delegation.storage import seals

BATCH = 1000


def seal_lines(units: Callable[[], UnitOfWork], since: datetime | None) -> int:
    """Seal what was written `since` (None: ever) and has no seal yet; how many lines."""
    reached = [since]

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
        return seals.unsealed(uow.connection, reached[0], limit, beside)

    def act(lines: Sequence[Any], uow: UnitOfWork) -> int:
        return seals.add(uow.connection, lines, uow.now)

    def done(lines: Sequence[Any]) -> None:
        """What comes next is looked for from there on, not from the beginning again."""
        reached[0] = lines[-1]["at"] if lines else reached[0]

    return in_batches(Rows("seal_journal", due, act, itemgetter("id"), done), units=units, batch=BATCH)
