"""The services, built once for all house tests of a process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backbone.testing import ServiceUnderTest
from tests.support import services


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], ServiceUnderTest]]:
    """Gives a service by its name."""
    made: dict[str, ServiceUnderTest] = {}

    def give(name: str) -> ServiceUnderTest:
        if name not in made:
            made[name] = services.build(name, tmp_path_factory.mktemp(name))
        return made[name]

    yield give
    for one in made.values():
        one.close()


@pytest.fixture(params=services.present())
def under(request: pytest.FixtureRequest, built: Callable[[str], ServiceUnderTest]) -> ServiceUnderTest:
    """Each service in turn. It is shared: look, do not change."""
    return built(request.param)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the session."""
    return tmp_path_factory.mktemp("house")
