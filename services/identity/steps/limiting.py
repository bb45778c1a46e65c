"""How often one client address may do what anybody may (C6, M6)."""

from collections.abc import Sequence
from datetime import timedelta

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.rules.windows import Window
from services.identity.domain.refusals import TooManyAttempts
from services.identity.domain.throttle import PER_ADDRESS
from services.identity.steps import security
from services.identity.storage import counters


def count_address(kind: str, address: str, uow: UnitOfWork, windows: Sequence[Window] = PER_ADDRESS) -> None:
    """Count one more `kind` from `address`. TooManyAttempts (M6), which is noted."""
    refuse_beyond(counters.count(uow.connection, kind, address, windows, uow.now), address)


def refuse_beyond(pause: timedelta, address: str) -> None:
    """TooManyAttempts (M6), which is noted, when `address` has to wait."""
    if pause:
        security.note(security.RATE_EXCEEDED, failed=True, address=address)
        raise TooManyAttempts(pause)
