"""A refused login, noted alike for every address: a job, woken by it, knows whose it was (C6, ASVS 6.3.8).

So what is remembered of a refusal never tells, by its time, an address that has an account from one that has none.
"""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.address import fold
from services.identity.steps.whereabouts import where
from services.identity.storage import activity

WAKE = "refused_logins"


@dataclass(frozen=True)
class RecordRefusedLogin:
    """Somebody gave a wrong password for `email`, or one that opens nothing."""

    email: str


def record_refused_login(command: RecordRefusedLogin, *, uow: UnitOfWork) -> None:
    """Note it."""
    activity.refuse(uow.connection, fold(command.email), where(), uow.now)
    uow.wake(WAKE)
