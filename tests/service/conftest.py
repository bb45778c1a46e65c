"""Every service test runs twice: on SQLite and on a real PostgreSQL, each test on an empty database of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backbone.clock import FixedClock
from backbone.store import database_line, engines
from tests.support.fixtures import postgres  # noqa: F401  (a fixture)


@pytest.fixture(autouse=True, scope="session")
def patient() -> Iterator[None]:
    """A machine that stalls for two seconds is no fault of what is tested: 503 is for a database that is away. Tests of
    these limits set their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_line, "CONNECT_SECONDS", 60)
        patch.setattr(engines, "POOL_SECONDS", 60.0)
        yield


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'service.db'}"
        return
    server = request.getfixturevalue("postgres")
    url = server.lend()
    yield url
    server.take_back(url)


@pytest.fixture
def clock() -> FixedClock:
    """Monday 23 November 2026, 10 o'clock in Paris."""
    return FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
