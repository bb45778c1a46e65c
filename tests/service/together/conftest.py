"""The three services on empty databases, SQLite and PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backbone.clock import FixedClock
from tests.service.together.system import Together


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def together(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Together]:
    """The services under test."""
    if request.param == "sqlite":
        made = Together(lambda name: f"sqlite:///{tmp_path / name}.db", tmp_path, clock)
    else:
        server = request.getfixturevalue("postgres")
        made = Together(lambda name: server.create_database(), tmp_path, clock)
    yield made
    made.close()
