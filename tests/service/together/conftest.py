"""The three services on empty databases, SQLite and PostgreSQL; two of them as a state machine drives them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backbone.clock import FixedClock
from tests.service.together.driven import Driven
from tests.service.together.pages import Pages
from tests.service.together.people import START, People
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


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def pages(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Pages]:
    """All five services, and the pages in front of them."""
    if request.param == "sqlite":
        made = Pages(lambda name: f"sqlite:///{tmp_path / name}.db", tmp_path, clock)
    else:
        server = request.getfixturevalue("postgres")
        made = Pages(lambda name: server.create_database(), tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def people(tmp_path: Path) -> Iterator[type[People]]:
    """The machine, on services of its own."""
    system = Driven(tmp_path, FixedClock(START))
    machine = type("Machine", (People,), {})
    machine.before(system)
    yield machine
    system.close()
