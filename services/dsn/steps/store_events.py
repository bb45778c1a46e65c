"""Keep what the caisse's systems say beside files; the job that looks at sites finds what it is about."""

from collections.abc import Sequence

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.facts import Failure, Rectification
from services.dsn.steps.evaluate_sites import WAKE
from services.dsn.storage.failures import write_failures
from services.dsn.storage.rectifications import write_rectifications


def store_failures(failures: Sequence[Failure], uow: UnitOfWork) -> None:
    """Keep those that are new; their sites are looked at right after the commit."""
    write_failures(uow.connection, failures, uow.now)
    uow.wake(WAKE)


def store_rectifications(rectifications: Sequence[Rectification], uow: UnitOfWork) -> None:
    """Keep those that are new; their sites are looked at right after the commit."""
    write_rectifications(uow.connection, rectifications, uow.now)
    uow.wake(WAKE)
