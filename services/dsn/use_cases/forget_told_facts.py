"""Forget the ids of facts that were told long ago."""

from collections.abc import Callable
from datetime import timedelta

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.storage import told_facts

KEPT = timedelta(days=90)
AT_ONCE = 50_000


def forget_told_facts(*, units: Callable[[], UnitOfWork]) -> int:
    """Forget the oldest of those told long ago, `AT_ONCE` at a time; how many. A repeat then is recorded again, and
    changes nothing: a fact is known by what it says."""
    with units() as uow:
        count = told_facts.forget(uow.connection, uow.now - KEPT, AT_ONCE)
        uow.commit()
    return count
