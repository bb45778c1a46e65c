"""Two services asked at once: a page waits for the slower one, not for both."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar, cast

from flask import current_app

AT_ONCE = 16  # questions that a process asks beside its pages
A = TypeVar("A")
B = TypeVar("B")


def together(first: Callable[[], A], second: Callable[[], B]) -> tuple[A, B]:
    """What both answer, each asked as the person of this page. Raises what they raise, the first one's first."""
    pool = cast(ThreadPoolExecutor, current_app.extensions["beside"])
    beside = pool.submit(copy_context().run, second)
    try:
        found = first()
    finally:
        beside.exception()  # nothing of a page goes on when the page is over
    return found, beside.result()
