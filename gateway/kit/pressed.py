"""One button, and the next page says what became of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import flash

from gateway.clients.problem import Problem


@contextmanager
def pressed(done: str, *, otherwise: Mapping[int, str]) -> Iterator[None]:
    """Say `done` above the next page once what is inside was done; when a service refuses it with a status of
    `otherwise`, say that sentence instead, or the service's own where it is empty.

    Raises Problem: any other refusal.
    """
    try:
        yield
    except Problem as problem:
        if problem.status not in otherwise:
            raise
        flash(otherwise[problem.status] or problem.detail, "avertissement")
    else:
        flash(done, "succes")
