"""A database that tests use one after another is, for each of them, as new as one just made."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

import services.delegation.app as app
from backbone.store.engines import make_engine
from backbone.testing.migrated import migrate
from tests.support.postgres import Postgres

pytestmark = pytest.mark.postgresql
FOLDER = Path(app.__file__).parent / "migrations"


@pytest.fixture
def lend(postgres: Postgres) -> Callable[[], tuple[str, str]]:
    """Lend one that is migrated: (its address, what tells it from others)."""

    def make() -> tuple[str, str]:
        url = postgres.lend()
        engine = make_engine(url)
        migrate(engine, FOLDER)
        engine.dispose()
        with postgres.connect(url.rpartition("/")[2]) as line:
            (number,) = line.execute("SELECT oid::text FROM pg_database WHERE datname = current_database()").fetchone()
        return url, str(number)

    return make


def ask(postgres: Postgres, url: str, *statements: str) -> list[tuple[object, ...]]:
    """What the last statement gives in the database of `url`."""
    with postgres.connect(url.rpartition("/")[2]) as line:
        for statement in statements[:-1]:
            line.execute(statement.encode())
        return line.execute(statements[-1].encode()).fetchall()


SEAL = """INSERT INTO journal_checks (at, lines, faults, ends) VALUES (now(), 1, 0, 'x')"""
NEXT = "SELECT nextval(seqrelid::regclass) FROM pg_sequence ORDER BY seqrelid LIMIT 1"


def test_it_comes_again_without_a_row_and_counts_from_one(postgres: Postgres, lend: Callable[..., tuple[str, str]]):
    url, number = lend()
    first = ask(postgres, url, SEAL, NEXT)
    postgres.take_back(url)
    again, same = lend()
    assert same == number and again != url
    assert ask(postgres, again, "SELECT count(*) FROM journal_checks") == [(0,)]
    assert ask(postgres, again, "SELECT count(*) FROM alembic_version") == [(1,)]
    assert ask(postgres, again, NEXT) == first
    postgres.take_back(again)


@pytest.mark.parametrize(
    "touched",
    [
        "ALTER TABLE journal DISABLE TRIGGER USER",
        "ALTER TABLE journal_checks ALTER COLUMN faults DROP NOT NULL",
        "CREATE TABLE more (id int)",
        "CREATE SCHEMA more",
        "UPDATE alembic_version SET version_num = '0001'",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 65', current_database()); END $$",
    ],
)
def test_one_whose_schema_was_touched_is_gone(
    postgres: Postgres, lend: Callable[..., tuple[str, str]], touched: str
) -> None:
    url, number = lend()
    with postgres.connect(url.rpartition("/")[2]) as line:
        line.execute(touched.encode())
    postgres.take_back(url)
    assert ask(postgres, postgres.url(), f"SELECT datname FROM pg_database WHERE oid = {number}") == []


def test_one_that_statistics_were_gathered_of_is_gone(postgres: Postgres, lend: Callable[..., tuple[str, str]]) -> None:
    url, number = lend()
    with postgres.connect(url.rpartition("/")[2]) as line:
        line.execute(SEAL.encode())
        line.execute("ANALYZE")
    postgres.take_back(url)
    assert ask(postgres, postgres.url(), f"SELECT datname FROM pg_database WHERE oid = {number}") == []


def test_who_is_still_in_it_leaves(postgres: Postgres, lend: Callable[..., tuple[str, str]]) -> None:
    url, _ = lend()
    straggler = make_engine(url)
    with straggler.connect() as inside:
        inside.execute(sa.text("SELECT pg_advisory_lock(1)"))
        postgres.take_back(url)
        with pytest.raises(sa.exc.OperationalError):
            inside.execute(sa.text("SELECT 1"))
    with pytest.raises(psycopg.OperationalError):
        postgres.connect(url.rpartition("/")[2])
    straggler.dispose()
