"""What counts the attempts at the password of a login name, and forgets them when it was right (C6)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.address import fold
from services.identity.domain.throttle import Attempt
from services.identity.storage import attempts, counters


def login_key(email: str) -> str:
    """The counter of a login name: one for every path that checks its password, known or not (C6)."""
    return key_of_name(fold(email))


def key_of_name(email_key: str) -> str:
    """The same, of the folded address."""
    return counters.key_of("login", email_key)


def settle(email: str, attempt: Attempt, *, uow: UnitOfWork) -> None:
    """The attempt was right: it does not count, and failures in a row start again from none."""
    attempts.settle(uow.connection, login_key(email), attempt)
