"""Engines of the two databases: time limits, pools, transactions that take their lock first."""

from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from backbone.store import database_line
from backbone.store.database_line import CONNECT_SECONDS, PING_SECONDS, DatabaseLine

__all__ = ["CONNECT_SECONDS", "PING_SECONDS", "give_up_after", "make_engine", "read_only"]

IDLE = 1.0
POOL_SECONDS = 2.0  # whoever finds every connection in use waits so long for one
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "cache_size=-512")


def give_up_after(seconds: float) -> float:
    """When a line is given up on which a statement may take `seconds`: the server's own word comes first, if any."""
    return 1.1 * seconds


def make_engine(url: str, *, pool: int = 10, seconds: float = 30.0) -> Engine:
    """An engine for `url` (sqlite:///… or postgresql+psycopg://…). Nothing connects before its first use.

    `seconds`: how long one statement may take; a tenth later the line itself is given up (OperationalError).
    """
    if sa.make_url(url).get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        pool_size=pool,
        max_overflow=4,
        pool_timeout=POOL_SECONDS,
        skip_autocommit_rollback=True,  # a question has nothing to take back
        connect_args={**database_line.of_the_kernel(seconds), "options": database_line.of_the_server(seconds)},
    )
    _give_up(engine, give_up_after(seconds))
    _ping_idle(engine)
    return engine


def _give_up(engine: Engine, limit: float) -> None:
    """Give each connection of `engine` a limit for each of its acts."""

    @sa.event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, options: Any) -> DatabaseLine:
        return database_line.connect(*arguments, limit=limit, **options)


def _ping_idle(engine: Engine) -> None:
    """Ask a connection that lay idle for `IDLE` seconds whether it still works, before it is used.

    `pool_pre_ping` asks each time: a round trip and a tenth of an event's way from commit to projection.
    """

    @sa.event.listens_for(engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info["idle_since"] = monotonic()

    @sa.event.listens_for(engine, "checkout")
    def ping(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get("idle_since", monotonic()) < IDLE:
            return
        usual, connection.limit = connection.limit, PING_SECONDS
        try:
            engine.dialect.do_ping(connection)
        except Exception as error:  # whatever it is, the pool starts again with fresh connections
            raise sa.exc.InvalidatePoolError from error
        finally:
            connection.limit = usual


def read_only(engine: Engine) -> Engine:
    """The same database for questions: on SQLite it takes no write lock; on PostgreSQL, where each statement sees what
    was committed when it began anyway (READ COMMITTED), no transaction is begun and given up around it: two round trips
    less for each request. So nobody may lock a row by it."""
    known = vars(engine)
    if "for_questions" not in known:  # kept with its engine: making one registers listeners, at each request
        postgresql = engine.dialect.name == "postgresql"
        options = {"isolation_level": "AUTOCOMMIT"} if postgresql else {"read_only": True}
        known["for_questions"] = engine.execution_options(**options)
    found: Engine = known["for_questions"]
    return found


def _sqlite_engine(url: str) -> Engine:
    # isolation_level None: the driver begins nothing by itself, the listener below does.
    # A process of five services has some fifty connections: what each keeps (statements of up to a thousand values,
    # pages) is held small, for the system's own cache of files serves them all.
    arguments = {"timeout": 30, "check_same_thread": False, "isolation_level": None, "cached_statements": 32}
    engine = sa.create_engine(url, hide_parameters=True, connect_args=arguments)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads, then writes, would fail at the write if another wrote between: take the lock first.
        mode = "DEFERRED" if connection.get_execution_options().get("read_only") else "IMMEDIATE"
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine
