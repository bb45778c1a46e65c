"""From where what is being done is asked, said once for a request: sessions and what is remembered of acts read it."""

from contextvars import ContextVar, Token

from services.identity.domain.whereabouts import NOWHERE, Where

_current: ContextVar[Where] = ContextVar("where", default=NOWHERE)


def where() -> Where:
    """From where; nothing outside of a request."""
    return _current.get()


def arrive(place: Where) -> Token[Where]:
    """What is done from now on is asked from `place`, until `leave`."""
    return _current.set(place)


def leave(arrived: Token[Where]) -> None:
    """That request is over."""
    _current.reset(arrived)
