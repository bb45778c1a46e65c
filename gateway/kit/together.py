"""What a page needs, asked at once: it waits for the slowest, not for all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import Any, TypeVar, cast, overload

from flask import current_app

AT_ONCE = 16  # questions that a process asks beside its pages
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")


@overload
def together(first: Callable[[], A], second: Callable[[], B], /) -> tuple[A, B]: ...
@overload
def together(first: Callable[[], A], second: Callable[[], B], third: Callable[[], C], /) -> tuple[A, B, C]: ...
@overload
def together(
    first: Callable[[], A], second: Callable[[], B], third: Callable[[], C], fourth: Callable[[], D], /
) -> tuple[A, B, C, D]: ...
def together(first: Callable[[], Any], /, *others: Callable[[], Any]) -> tuple[Any, ...]:
    """What all answer, each asked as the person of this page; the first may leave something in `g`, for it is asked
    here. Raises what they raise, the first one's first."""
    pool = cast(ThreadPoolExecutor, current_app.extensions["beside"])
    beside = [pool.submit(copy_context().run, one) for one in others]
    try:
        found = first()
    finally:
        wait(beside)  # nothing of a page goes on when the page is over
    return found, *(one.result() for one in beside)
