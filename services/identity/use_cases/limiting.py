"""How often one client address may do what anybody may (C6, M6)."""

from backbone.unit_of_work import UnitOfWork
from services.identity.domain.refusals import TooManyAttempts
from services.identity.domain.throttle import PER_ADDRESS
from services.identity.storage import counters
from services.identity.use_cases import security


def count_address(kind: str, address: str, uow: UnitOfWork) -> None:
    """Count one more `kind` from `address`. TooManyAttempts (M6), which is noted."""
    pause = counters.count(uow.connection, kind, address, PER_ADDRESS, uow.now)
    if pause:
        security.note(security.RATE_EXCEEDED, failed=True, address=address)
        raise TooManyAttempts(pause)
