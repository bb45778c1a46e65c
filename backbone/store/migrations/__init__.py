"""Migrations of a service's database: numbered Alembic scripts in `services/<name>/migrations/versions`.

A service's `migrations/env.py` is two lines: `from backbone.store.migrations.env import run` and `run()`. Its first
script starts with `backbone_tables(op)`, which makes the backbone's tables as they were at that time.
"""

import logging
import random
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from backbone.store.tables import tables

TRIES = 20
WHOLE_SECONDS = 6 * 3600.0  # after which a line is given up that says nothing; a dead one is noticed by TCP before
# The database ended it for a process of the version before, which held what it needed, and may have waited for it.
IN_THE_WAY = frozenset(("40P01", "55P03"))  # deadlock_detected, lock_not_available
log = logging.getLogger(__name__)


def migrate(engine: Engine, folder: Path) -> None:
    """Bring the database to the newest version; nothing happens when it is there already, or beyond it. Nothing of it
    was done when it is ended for who works there meanwhile: it begins again."""
    for left in reversed(range(TRIES)):
        try:
            return _upgrade(engine, folder)
        except sa.exc.OperationalError as error:
            if not left or getattr(error.orig, "sqlstate", None) not in IN_THE_WAY:
                raise
            log.warning(
                "the migration begins again: somebody works meanwhile", extra={"error": type(error.orig).__name__}
            )
            time.sleep(random.uniform(0.2, 1.0))  # noqa: S311  (jitter)


def _upgrade(engine: Engine, folder: Path) -> None:
    if not reached(engine, folder):
        config = _config(folder)
        with engine.connect() as connection:
            _take_time(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        if current(engine) != head(folder):
            raise RuntimeError(f"the migrations in {folder} did not run: see its env.py")


def _take_time(connection: Connection) -> None:
    """A large index takes the time it takes: the limits of a request's statements are not for what only `migrate` does.
    How long it waits for a lock stays limited, for who waits behind it."""
    if connection.dialect.name == "postgresql":
        line: Any = connection.connection.driver_connection
        line.limit = WHOLE_SECONDS
        with connection.begin():
            connection.exec_driver_sql("SET statement_timeout = 0")
        connection.detach()  # nobody gets it from the pool afterwards


def current(engine: Engine) -> str | None:
    """The version the database is at; None when it is empty."""
    with engine.connect() as connection, connection.begin():
        return MigrationContext.configure(connection).get_current_revision()


def head(folder: Path) -> str | None:
    """The newest version there is."""
    return ScriptDirectory.from_config(_config(folder)).get_current_head()


def reached(engine: Engine, folder: Path) -> bool:
    """Whether the database is at the newest version of `folder`, or beyond: a newer version of the service was here.

    Migrations only expand before they contract, so the former version works on what the newer one left; its processes
    stay ready beside it, and it can be gone back to. Versions are numbers of four digits.
    """
    at, newest = current(engine), head(folder)
    return at is not None and newest is not None and at >= newest


def backbone_tables(op: Any) -> None:
    """Make the backbone's tables, from a service's first migration."""
    metadata = sa.MetaData()
    tables(metadata)
    metadata.create_all(op.get_bind())


def add_columns(op: Any, table: str, *columns: sa.Column[Any]) -> None:
    """Add what is not there yet: `backbone_tables` makes tables as they are today, so a new database has them."""
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)}
    for column in columns:
        if column.name not in there:
            op.add_column(table, column)


def add_epochs(op: Any, *projections: str) -> None:
    """What orders events after their owner was restored (docs/decisions/0028), for the backbone's tables and these."""
    backbone_tables(op)
    for table in ("access", *projections):
        add_columns(op, table, sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"))


def add_lanes(op: Any) -> None:
    """Which lane an event goes (docs/decisions/0031), in outbox and inbox, and what finds the urgent ones at once. The
    version before writes none: urgent."""
    metadata = sa.MetaData()
    tables(metadata)
    # As a consumer touches them, so that neither waits for the other; the outbox, which all write to, not for long.
    for table in ("inbox", "outbox", "outbox_parked"):
        add_columns(op, table, sa.Column("bulk", sa.Boolean, nullable=False, server_default=sa.false()))
        for made in metadata.tables[table].indexes:
            if made.name in ("inbox_due_urgent", "outbox_urgent"):
                made.create(op.get_bind(), checkfirst=True)


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    return config
