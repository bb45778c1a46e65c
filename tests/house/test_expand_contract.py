"""No migration breaks the version before: first expand, and contract a release later (docs/decisions/0032).

The databases are those that the version before makes. Each migration since runs on them alone, so that what breaks is
told of the one that does it; tests/upgrade does the same on PostgreSQL, and shows each kind of break red.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Engine

from backbone.store import migrations
from backbone.store.engines import make_engine
from backbone.testing import ServiceUnderTest
from scripts.landed import entry
from tests.upgrade.breaking import forbidden, unexplained, walk
from tests.upgrade.fixtures import described, laid, sqlite_of_before, version_before  # noqa: F401  (fixtures)
from tests.upgrade.releases import FILE, ROOT, before, is_ancestor, landed

pytestmark = pytest.mark.history


@pytest.fixture
def left(under: ServiceUnderTest, sqlite_of_before: Path, tmp_path: Path) -> Iterator[Engine]:  # noqa: F811
    """The database of a service as the version before left it."""
    shutil.copy(sqlite_of_before / f"{under.service.name}.db", tmp_path / "left.db")
    engine = make_engine(f"sqlite:///{tmp_path}/left.db")
    yield engine
    engine.dispose()


def test_no_migration_breaks_the_version_before(
    under: ServiceUnderTest,
    left: Engine,
    described: dict[str, Any],  # noqa: F811
) -> None:
    name = under.service.name
    for step in walk(left, under.service.migrations, before().heads[name]):
        problems = forbidden(step, landed(), described["tables"][name])
        assert not problems, f"{name} {step.number}: {'; '.join(problems)}. Expand now, contract a release later."


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_a_database_that_is_upgraded_is_what_the_code_uses(under: ServiceUnderTest, left: Engine) -> None:
    migrations.migrate(left, under.service.migrations)
    with left.connect() as connection, connection.begin():
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        told = compare_metadata(context, under.service.metadata)
    differences = unexplained(told, under.service.migrations)
    assert not differences, f"only an empty database gets this (backbone_tables): add it by a migration. {differences}"


def test_the_releases_that_landed_are_in_the_history_and_named_once() -> None:
    assert all(is_ancestor(release.commit) for release in landed())
    assert len({release.name for release in landed()}) == len(landed())


def test_the_releases_are_written_as_the_command_writes_them() -> None:
    text = (ROOT / FILE).read_text(encoding="utf-8")
    assert "".join(entry(release.name, release.commit) for release in landed()) == text[text.index("\n[[release]]") :]
