"""Migrations: one line of numbers, one head, and the tables they make are the tables the code uses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from backbone.serving.management import Management
from backbone.store import migrations
from backbone.store.engines import read_only
from backbone.testing import ServiceUnderTest
from tests.upgrade.breaking import unexplained


def test_a_service_has_one_head(under: ServiceUnderTest) -> None:
    script = ScriptDirectory(str(under.service.migrations))
    assert len(script.get_heads()) == 1, "two migrations have the same parent: renumber the later one."


def test_migrations_are_numbered_and_named(under: ServiceUnderTest) -> None:
    names = sorted(path.stem for path in (under.service.migrations / "versions").glob("*.py"))
    assert names and all(re.fullmatch(r"\d{4}_[a-z0-9_]+", name) for name in names), (
        f"0001_what_it_does.py, not {names}"
    )
    numbers = [int(name[:4]) for name in names]
    assert numbers == list(range(1, len(numbers) + 1)), f"{numbers}: one after the other."


# SQLite does not tell its indexes on expressions: a test of the service sees that such an index serves.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_what_migrations_make_is_what_the_code_uses(under: ServiceUnderTest) -> None:
    with read_only(under.engine).connect() as connection, connection.begin():
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        told = compare_metadata(context, under.service.metadata)
    differences = unexplained(told, under.service.migrations)
    assert not differences, f"storage and migrations/ disagree (add a migration): {differences}"


@contextmanager
def database_at(under: ServiceUnderTest, version: str) -> Iterator[None]:
    """The database says that it is at another version."""
    before = migrations.current(under.engine)
    say = sa.text("UPDATE alembic_version SET version_num = :version")
    with under.engine.begin() as connection:
        connection.execute(say, {"version": version})
    yield
    with under.engine.begin() as connection:
        connection.execute(say, {"version": before})


def test_a_database_that_a_newer_version_migrated_is_left_alone_and_ready(under: ServiceUnderTest) -> None:
    with database_at(under, "9999"):
        migrations.migrate(under.engine, under.service.migrations)
        assert migrations.current(under.engine) == "9999"
        assert Management(under.service).ready()["migrations"] == "ok"


def test_a_database_that_lacks_a_migration_is_not_ready(under: ServiceUnderTest) -> None:
    with database_at(under, "0000"):
        assert Management(under.service).ready()["migrations"] == "away"


def test_migrating_again_does_nothing(under: ServiceUnderTest) -> None:
    before = migrations.current(under.engine)
    migrations.migrate(under.engine, under.service.migrations)
    assert migrations.current(under.engine) == before == migrations.head(under.service.migrations)
