"""One connection for the questions of a request that only reads: taken from the pool once, not for each (decision 69).

It is given back before the request does anything else with the database or waits for anybody, and when its answer is
made: what streams a file keeps none.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g, request
from sqlalchemy.engine import Connection, Engine

from backbone.store.engines import read_only

READS = ("GET", "HEAD")


@contextmanager
def questions(engine: Engine) -> Iterator[Connection]:
    """A connection to `engine` that only reads; of a request that only reads, always the same."""
    kept: Connection | None = g.get("questions")
    if kept is None and request.method in READS:
        kept = g.questions = read_only(engine).connect()
    if kept is not None:
        yield kept
        return
    with read_only(engine).connect() as connection, connection.begin():
        yield connection


def give_back() -> None:
    """The request has asked for now; the next question takes a connection again."""
    kept: Connection | None = g.pop("questions", None)
    if kept is not None:
        kept.close()
