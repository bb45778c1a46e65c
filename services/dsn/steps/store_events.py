"""Store what the caisse's systems say beside files, and have the sites concerned looked at."""

from collections.abc import Sequence

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.facts import Failure, Rectification
from services.dsn.steps.evaluate_sites import WAKE
from services.dsn.storage import sites
from services.dsn.storage.failures import sirets_of, write_failures
from services.dsn.storage.rectifications import write_rectifications


def store_failures(failures: Sequence[Failure], uow: UnitOfWork) -> None:
    """Keep those that are new; their sites are looked at right after the commit."""
    written = write_failures(uow.connection, failures)
    _look_again(sirets_of(uow.connection, (one for one in failures if one.identity in written)), uow)


def store_rectifications(rectifications: Sequence[Rectification], uow: UnitOfWork) -> None:
    """Keep those that are new; their sites are looked at right after the commit."""
    written = write_rectifications(uow.connection, rectifications)
    _look_again({one.siret for one in rectifications if one.identity in written}, uow)


def _look_again(sirets: set[str], uow: UnitOfWork) -> None:
    sites.look_again(uow.connection, sirets, uow.now)
    uow.wake(WAKE)
