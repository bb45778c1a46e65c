"""A line to PostgreSQL that is given up when nothing comes back: each act has a limit, whatever the network says.

A statement's own limit is kept by the server, which a dead line does not reach. TCP's limits (`of_the_kernel`) notice
packets that nobody takes; they notice nothing when what stands between, or a frozen server, still takes them.
"""

from time import monotonic
from typing import Any

import psycopg
from psycopg.abc import PQGen

INTERVAL = 0.1  # how often psycopg looks up from a wait, as it does by itself
CONNECT_SECONDS = 2
PING_SECONDS = 2.0  # « are you there? » is answered at once, or not at all


class Silent(psycopg.OperationalError):
    """The database did not answer an act within its limit; the line is closed."""


class DatabaseLine(psycopg.Connection[Any]):
    """A connection each of whose acts (a statement, a commit, the end of a pipeline) ends within `limit` seconds."""

    limit: float

    def wait(self, gen: PQGen[Any], interval: float = INTERVAL, timeout: float | None = None) -> Any:
        """See psycopg; a wait without a limit gets ours. Raises Silent when it is over: the line is then closed."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        end = monotonic() + self.limit
        try:
            return super().wait(gen, interval, self.limit)
        except psycopg.OperationalError as error:
            if monotonic() < end:
                raise
            self.pgconn.finish()  # what may still come on it would be read as the answer to something else
            raise Silent(f"no answer within {self.limit:g} s") from error


def connect(*arguments: Any, limit: float, **options: Any) -> DatabaseLine:
    """A line whose acts are given up after `limit` seconds."""
    line = DatabaseLine.connect(*arguments, **options)
    line.limit = limit
    return line


def of_the_kernel(seconds: float) -> dict[str, Any]:
    """What libpq is told, so that a line whose packets nobody takes ends by itself: sending, or lying idle."""
    return {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": int(1000 * seconds),
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }


def of_the_server(seconds: float) -> str:
    """What the server is told: when it ends a statement, and whom it no longer keeps locks for."""
    wanted = {
        "statement_timeout": 1000 * seconds,
        "lock_timeout": 1000 * seconds / 3,
        "idle_in_transaction_session_timeout": 1500 * seconds,
        "tcp_user_timeout": 1000 * seconds,
        "tcp_keepalives_idle": 10,
        "tcp_keepalives_interval": 5,
        "tcp_keepalives_count": 3,
    }
    return " ".join(f"-c {name}={int(value)}" for name, value in wanted.items())
