"""What counts the attempts at the password of a login name, and forgets them when it was right (C6)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.address import fold
from services.identity.domain.throttle import Attempt, Throttle
from services.identity.storage import counters


def login_key(email: str) -> str:
    """The counter of a login name: one for every path that checks its password, known or not (C6)."""
    return counters.key_of("login", fold(email))


def settle(email: str, attempt: Attempt, *, uow: UnitOfWork) -> None:
    """The attempt was right: it does not count, and failures in a row start again from none."""
    key = login_key(email)
    counters.lock(uow.connection, key)
    counters.save(uow.connection, key, Throttle())
    counters.give_back(uow.connection, (attempt.of_name, attempt.of_address))
