"""An attempt to log in, counted before the password is looked at (C6, M6)."""

from dataclasses import dataclass

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.refusals import TooManyAttempts
from services.identity.domain.throttle import DAILY, Attempt
from services.identity.steps import security
from services.identity.steps.attempts import login_key
from services.identity.steps.limiting import count_login
from services.identity.storage import counters

MINUTE = 60


@dataclass(frozen=True)
class AdmitAttempt:
    """Somebody at `address` is about to try a password for `email`."""

    email: str
    address: str


def admit_attempt(command: AdmitAttempt, *, uow: UnitOfWork) -> Attempt:
    """Count the attempt as a failure, before anything is looked at. TooManyAttempts (M6)."""
    of_address = count_login(command.address, uow)
    key = login_key(command.email)
    throttle = counters.lock(uow.connection, key)
    pause, hit = throttle.pause(uow.now), new_id()
    if not pause:
        pause, hit = counters.take(uow.connection, key, DAILY, uow.now)
    if pause:
        security.note(security.LOGIN_LOCK, failed=True, who=key[:16], address=command.address)
        raise TooManyAttempts(pause, at_least=MINUTE)
    counters.save(uow.connection, key, throttle.attempted(uow.now))
    return Attempt(hit, of_address)
