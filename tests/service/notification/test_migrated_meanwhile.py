"""The tables are changed while a process of the version before works: what it began ends, and so does the migration.

PostgreSQL ends one of two that wait for each other: mostly the migration, which began to wait first.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from backbone.store import migrations
from backbone.store.engines import make_engine
from tests.support.ports import eventually
from tests.support.postgres import Postgres

pytestmark = pytest.mark.postgresql
FOLDER = Path("services/notification/migrations").resolve()
LOCKED = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
# In the order in which each touches them: a consumer the mark of what it heard, a sender what it sends; then the event.
WORK = {
    "a consumer": ("UPDATE inbox SET error = error", "UPDATE outbox SET error = error"),
    "a sender": ("UPDATE delivery SET template = template", "UPDATE outbox SET error = error"),
    "a relay": ("UPDATE outbox SET error = error", "UPDATE outbox_parked SET error = error"),
}


@pytest.fixture
def engine(postgres: Postgres) -> Iterator[sa.Engine]:
    """A database as the version before left it, without lanes. On SQLite one writes at a time, and nobody waits so."""
    engine = make_engine(postgres.create_database())
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(FOLDER))
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
    with engine.begin() as connection:
        for table in ("outbox", "outbox_parked", "inbox"):
            connection.execute(sa.text(f"ALTER TABLE {table} DROP COLUMN bulk"))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("who", WORK)
def test_who_works_meanwhile_and_the_migration_both_end(engine: sa.Engine, who: str) -> None:
    first, last = WORK[who]

    def waits() -> int:
        with engine.connect() as connection:
            return int(connection.execute(sa.text(LOCKED)).scalar_one())

    with ThreadPoolExecutor(1) as pool, engine.begin() as work:
        work.execute(sa.text("SET LOCAL deadlock_timeout = '60s'"))  # the other one is ended, as it mostly is
        work.execute(sa.text(first))
        migrating = pool.submit(migrations.migrate, engine, FOLDER)
        eventually(waits, limit=20, what="the migration waits for nobody")
        work.execute(sa.text(last))
        work.commit()
        migrating.result(60)
    assert migrations.current(engine) == migrations.head(FOLDER)
