"""A database at the newest version, for a test: by its migrations once in a process, then as they left it.

Running them costs more than most tests do. That they run, from nothing and from the version before, is tested by itself
(`tests/house/test_migrations.py`, `tests/upgrade`).
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from backbone.store import migrations
from backbone.testing.recycled import of

_MADE: dict[tuple[Path, str], Callable[[sa.Engine], None]] = {}


def migrate(engine: sa.Engine, folder: Path) -> None:
    """Bring the database of `engine` to the newest version of `folder`; an empty one is given what they made before."""
    server = f"{engine.dialect.name} {engine.url.host}:{engine.url.port}"
    if sa.inspect(engine).get_table_names() or ":memory:" in (engine.url.database or ":memory:"):
        migrations.migrate(engine, folder)
    elif give := _MADE.get((folder, server)):
        engine.dispose()
        give(engine)
    else:
        migrations.migrate(engine, folder)
        postgresql = engine.dialect.name == "postgresql"
        _MADE[folder, server] = _kept_postgresql(engine, folder) if postgresql else _kept_file(engine)


def _kept_file(engine: sa.Engine) -> Callable[[sa.Engine], None]:
    with closing(sqlite3.connect(str(engine.url.database))) as line:
        line.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = Path(str(engine.url.database)).read_bytes()

    def give(other: sa.Engine) -> None:
        path = Path(str(other.url.database))
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        path.write_bytes(kept)

    return give


def _kept_postgresql(engine: sa.Engine, folder: Path) -> Callable[[sa.Engine], None]:
    engine.dispose()
    of(engine.url).keep(folder, str(engine.url.database))
    return partial(_give_postgresql, folder)


def _give_postgresql(folder: Path, engine: sa.Engine) -> None:
    of(engine.url).give(folder, str(engine.url.database))
