"""The two systems under journey, one browser, and people with a window of their own each."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.people import Person
from tests.journeys.systems import Distributed, Embedded, System
from tests.support.fixtures import postgres, rabbitmq  # noqa: F401  (fixtures)

SYSTEMS = [
    "embedded",
    pytest.param("distributed", marks=[pytest.mark.postgresql, pytest.mark.rabbitmq]),
]


@pytest.fixture(scope="session", params=SYSTEMS)
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A running system: everything of it is started here and stopped here."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "embedded":
        running: System = Embedded(folder, module="tests.journeys.embedded_with_elsewhere")
    else:
        running = Distributed(folder, request.getfixturevalue("postgres"), request.getfixturevalue("rabbitmq"))
    yield running
    running.close()


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[Page, str], None]:
    """Take a picture of a page: into the folder PICTURES names (`make pictures`), else the test's own."""
    folder = Path(os.environ.get("PICTURES", tmp_path))

    def take(page: Page, name: str) -> None:
        file = folder / f"{name}.png"
        page.screenshot(path=file)
        assert file.stat().st_size > 10_000

    return take


@contextmanager
def people(system: System, browser: Browser) -> Iterator[Callable[[str], Person]]:
    """What makes a person with the given address; at the end no page of his may have had a script error."""
    made: list[Person] = []

    def make(email: str) -> Person:
        context = browser.new_context(
            locale="fr-FR", timezone_id="Europe/Paris", viewport={"width": 1280, "height": 900}
        )
        address = str(IPv4Address(secrets.randbits(24) | 10 << 24))  # the proxy's word, where one is trusted (C6)
        context.set_extra_http_headers({"X-Forwarded-For": address})
        context.set_default_timeout(15_000)
        made.append(Person(system, context, email))
        return made[-1]

    yield make
    for person in made:
        assert person.errors == []
        person.page.context.close()


@pytest.fixture
def someone(system: System, browser: Browser) -> Iterator[Callable[[str], Person]]:
    """Make people of one test."""
    with people(system, browser) as make:
        yield make


@pytest.fixture(scope="module")
def somebody(system: System, browser: Browser) -> Iterator[Callable[[str], Person]]:
    """Make people whom the tests of one file share."""
    with people(system, browser) as make:
        yield make


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the journeys of one system in one test process: xdist does not see the marks of a fixture's parameters."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec and "system" in callspec.params and item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group(f"journeys-{callspec.params['system']}"))
