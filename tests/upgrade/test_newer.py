"""A database that a newer version migrated, real processes: this one stays ready, and its migrate job ends well.

The newer version is this tree with one migration more.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.fixtures import postgres  # noqa: F401  (a fixture)
from tests.support.ports import eventually, free_port
from tests.support.processes import Child
from tests.upgrade.releases import ROOT

SERVICE = "dsn"
NEWEST = max(path.name[:4] for path in (ROOT / "services" / SERVICE / "migrations/versions").glob("[0-9]*.py"))
NEXT = f"{int(NEWEST) + 1:04}"
MIGRATION = f'''"""One more."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "{NEXT}", "{NEWEST}"


def upgrade() -> None:
    """Something that only expands."""
    op.add_column("outbox", sa.Column("of_tomorrow", sa.String(10), nullable=False, server_default="x"))
'''
Run = Callable[..., Child]


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of the newer version."""
    tree = tmp_path_factory.mktemp("newer")
    for name in ("backbone", "contracts", "services"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tree / "services" / SERVICE / "migrations/versions" / f"{NEXT}_more.py").write_text(MIGRATION)
    return tree


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Run]:
    """Starts a process of a tree on one database: `run(tree, "migrate")`."""
    url = f"sqlite:///{tmp_path}/x.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").create_database()
    started: list[Child] = []

    def start(tree: Path, word: str) -> Child:
        port = free_port()
        environment = {
            "PYTHONPATH": str(tree),
            "ESPACE_DATABASE_URL": url,
            "ESPACE_BROKER_URL": "embedded:",
            "ESPACE_OWNERS": "identity=http://127.0.0.1:9,delegation=http://127.0.0.1:9",
            "ESPACE_MANAGEMENT_PORT": str(port),
        }
        log, ready = tmp_path / f"{len(started)}.log", f"http://127.0.0.1:{port}/readyz"
        started.append(Child([sys.executable, "-P", "-m", "backbone", word, SERVICE], environment, log, ready))
        return started[-1]

    yield start
    for process in started:
        process.kill9()


def ended(process: Child) -> tuple[int | None, str]:
    """The exit status, and the last line that was said."""
    eventually(lambda: not process.running(), limit=60, what="it did not end")
    return process.exit_status(), process.tail().strip().splitlines()[-1]


def test_this_version_stays_ready_and_starts_again_on_the_database_of_a_newer_one(run: Run, newer: Path) -> None:
    assert ended(run(ROOT, "migrate")) == (0, f"{SERVICE}: at {NEWEST}")
    running = run(ROOT, "worker").wait_ready(60)

    assert ended(run(newer, "migrate")) == (0, f"{SERVICE}: at {NEXT}")
    assert running.status() == 200
    assert ended(run(ROOT, "migrate")) == (0, f"{SERVICE}: at {NEXT}, beyond {NEWEST}, the newest this version has")
    running.terminate()
    run(ROOT, "worker").wait_ready(60)


def test_a_newer_version_is_not_ready_before_its_migration(run: Run, newer: Path) -> None:
    ended(run(ROOT, "migrate"))
    early = run(newer, "worker")
    eventually(lambda: early.status() == 503, limit=60, what="it says nothing")
    ended(run(newer, "migrate"))
    early.wait_ready(60)
