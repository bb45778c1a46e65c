"""Two lanes for events: urgent, what somebody does and waits for; bulk, what comes by the thousand and can wait.

An import, an announcement or a sweep is bulk, and so is all that is done because of a bulk event: whoever listens to
one is in its lane. Each lane has its own relay, its own queue and its own consumer, so that nothing urgent ever stands
behind what is bulk (docs/decisions/0031).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class Lane(StrEnum):
    """Which way an event goes."""

    URGENT = "urgent"
    BULK = "bulk"


_current: ContextVar[Lane] = ContextVar("lane", default=Lane.URGENT)


def current_lane() -> Lane:
    """The lane of what is being done; urgent unless somebody said otherwise."""
    return _current.get()


@contextmanager
def in_lane(lane: Lane) -> Iterator[None]:
    """Do something in `lane`: what it records goes that way. It also decorates the use case or job that is bulk."""
    token = _current.set(lane)
    try:
        yield
    finally:
        _current.reset(token)
