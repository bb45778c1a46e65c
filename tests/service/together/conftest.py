"""The three services on empty databases, SQLite and PostgreSQL; two of them as a state machine drives them."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backbone.clock import FixedClock
from tests.service.together.driven import Driven
from tests.service.together.pages import Pages
from tests.service.together.people import START, People
from tests.service.together.system import Together


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Where the database of a service is, by the service's name; on either store."""
    if request.param == "sqlite":
        yield lambda name: f"sqlite:///{tmp_path / name}.db"
        return
    server, lent = request.getfixturevalue("postgres"), list[str]()

    def lend(_name: str) -> str:
        lent.append(server.lend())
        return lent[-1]

    yield lend
    for url in lent:
        server.take_back(url)


@pytest.fixture
def together(urls: Callable[[str], str], tmp_path: Path, clock: FixedClock) -> Iterator[Together]:
    """The services under test."""
    with closing(Together(urls, tmp_path, clock)) as made:
        yield made


@pytest.fixture
def pages(urls: Callable[[str], str], tmp_path: Path, clock: FixedClock) -> Iterator[Pages]:
    """All five services, and the pages in front of them."""
    with closing(Pages(urls, tmp_path, clock)) as made:
        yield made


@pytest.fixture
def people(tmp_path: Path) -> Iterator[type[People]]:
    """The machine, on services of its own."""
    system = Driven(tmp_path, FixedClock(START))
    machine = type("Machine", (People,), {})
    machine.before(system)
    yield machine
    system.close()
