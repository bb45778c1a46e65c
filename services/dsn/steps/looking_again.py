"""Have sites looked at right after the commit, by the job that does it."""

from collections.abc import Collection, Set

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.steps.evaluate_sites import WAKE
from services.dsn.storage import sites, waiting


def look_again(sirets: Collection[str], uow: UnitOfWork) -> None:
    """The sites of `sirets` are to be looked at. They are taken when the unit ends, all that it touched at once."""
    uow.leave_for_last(_mark, sirets)
    uow.wake(WAKE)


def release(uow: UnitOfWork) -> int:
    """What is known by now does not wait any more; of how many establishments declarations or answers did."""
    known, told = waiting.release(uow.connection)
    if known or told:
        look_again(known | told, uow)
    return len(known)


def _mark(uow: UnitOfWork, sirets: Set[str]) -> None:
    sites.look_again(uow.connection, sirets, uow.now)
