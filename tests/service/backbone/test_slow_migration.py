"""A migration takes the time it takes: what ends a request's statement after seconds does not end a large index."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from backbone.store import migrations
from backbone.store.engines import make_engine
from tests.support.postgres import Postgres

pytestmark = pytest.mark.postgresql
SECONDS = 0.5
SLOW = """
from alembic import op

revision, down_revision = "0001", None


def upgrade():
    op.execute("SELECT pg_sleep(1.5)")
    op.execute("CREATE TABLE done (one integer)")
"""


def test_a_statement_of_a_migration_may_take_longer_than_one_of_a_request(postgres: Postgres, tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions/0001_slow.py").write_text(SLOW)
    (tmp_path / "env.py").write_text("from backbone.store.migrations.env import run\n\nrun()\n")
    engine = make_engine(postgres.create_database(), seconds=SECONDS)
    migrations.migrate(engine, tmp_path)
    with engine.connect() as connection:
        assert migrations.current(engine) == "0001"
        with pytest.raises(sa.exc.OperationalError):
            connection.execute(sa.text("SELECT pg_sleep(1.5)"))
    engine.dispose()
