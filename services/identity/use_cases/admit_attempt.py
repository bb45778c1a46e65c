"""An attempt to log in, counted before the password is looked at (C6, M6)."""

from dataclasses import dataclass

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.address import fold
from services.identity.domain.refusals import TooManyAttempts
from services.identity.domain.throttle import ATTEMPTS_PER_ADDRESS, DAILY, PER_ADDRESS, Attempt
from services.identity.steps import security
from services.identity.steps.attempts import key_of_name
from services.identity.steps.limiting import refuse_beyond
from services.identity.storage import attempts
from services.identity.storage.accounts import Credential
from services.identity.storage.counters import key_of

MINUTE = 60


@dataclass(frozen=True)
class AdmitAttempt:
    """Somebody at `address` is about to try a password for `email`."""

    email: str
    address: str


def admit_attempt(command: AdmitAttempt, *, uow: UnitOfWork) -> tuple[Attempt, Credential | None]:
    """Count the attempt as a failure, before anything is looked at: 300 attempts or 30 failures in a minute from one
    client address, and those of the login name. What proves its owner is asked beside, alike for an address that
    nobody has; whoever looks at it does so after the commit. TooManyAttempts (M6), which is noted."""
    email_key = fold(command.email)
    name, address = key_of_name(email_key), key_of("login-ip", command.address)
    failed = key_of("login-ip-failed", command.address)
    throttle = attempts.hold(uow.connection, address, name)
    windows = ((address, *ATTEMPTS_PER_ADDRESS), (failed, *PER_ADDRESS), (name, *DAILY))
    (any_, failures, of_day), found = attempts.look(uow.connection, windows, email_key, uow.now)
    refuse_beyond(any_ or failures, command.address)
    pause = throttle.pause(uow.now) or of_day
    if pause:
        security.note(security.LOGIN_LOCK, failed=True, who=name[:16], address=command.address)
        raise TooManyAttempts(pause, at_least=MINUTE)
    attempt = Attempt(new_id(), new_id())
    counted = ((new_id(), address), (attempt.of_address, failed), (attempt.of_name, name))
    attempts.keep(uow.connection, counted, name, throttle.attempted(uow.now))
    return attempt, found
