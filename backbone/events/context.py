"""What a request or an event is part of: carried from an HTTP call to the events it causes, and on to theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Trace:
    """`correlation_id` names the whole story, `causation_id` the event that led here, `traceparent` is W3C's."""

    correlation_id: str = ""
    causation_id: str = ""
    traceparent: str = ""


_current: ContextVar[Trace] = ContextVar("trace", default=Trace())  # noqa: B039  (frozen, safe to share)


def current_trace() -> Trace:
    """The trace of the request or event being handled; empty outside of one."""
    return _current.get()


@contextmanager
def traced(trace: Trace) -> Iterator[None]:
    """Handle something as part of `trace`."""
    token = _current.set(trace)
    try:
        yield
    finally:
        _current.reset(token)
