"""How often one client address may do what anybody may (C6, M6)."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.rules.windows import Window
from services.identity.domain.refusals import TooManyAttempts
from services.identity.domain.throttle import ATTEMPTS_PER_ADDRESS, PER_ADDRESS
from services.identity.steps import security
from services.identity.storage import counters


def count_address(kind: str, address: str, uow: UnitOfWork, windows: Sequence[Window] = PER_ADDRESS) -> None:
    """Count one more `kind` from `address`. TooManyAttempts (M6), which is noted."""
    _refuse(counters.count(uow.connection, kind, address, windows, uow.now), address)


def count_login(address: str, uow: UnitOfWork) -> UUID:
    """Count one more login attempt from `address`, and as a failure until it is given back; the failure's hit.

    TooManyAttempts (M6), which is noted: 300 attempts or 30 failures in a minute.
    """
    count_address("login-ip", address, uow, ATTEMPTS_PER_ADDRESS)
    pause, hit = counters.take(uow.connection, counters.key_of("login-ip-failed", address), PER_ADDRESS, uow.now)
    _refuse(pause, address)
    return hit


def _refuse(pause: timedelta, address: str) -> None:
    if pause:
        security.note(security.RATE_EXCEEDED, failed=True, address=address)
        raise TooManyAttempts(pause)
