"""One stack for all tests of this folder: built once, started from cold once, timed, and gone at the end."""

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.conftest import picture as picture
from tests.journeys.conftest import someone as someone
from tests.support.compose import ROOT, Compose, engine_answers

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs an engine."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.compose)


@pytest.fixture(scope="session")
def images() -> None:
    """Every image, built from this tree."""
    if not engine_answers():
        pytest.skip("no container engine with Compose answers on this machine")
    done = subprocess.run(["docker", "compose", "build", "--quiet"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


@dataclass
class Cold:
    """The first start of the stack; `load` is what the machine was busy with before."""

    stack: Compose
    load: float
    seconds: float


@pytest.fixture(scope="session")
def cold(images: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cold]:
    """The stack, started from empty volumes."""
    stack = Compose(tmp_path_factory.mktemp("compose"), f"espace-test-{os.getpid()}")
    try:
        yield Cold(stack, os.getloadavg()[0], stack.up())
    finally:
        stack.close()


@pytest.fixture(scope="session")
def stack(cold: Cold) -> Compose:
    """The running system."""
    return cold.stack


@pytest.fixture(scope="session")
def system(stack: Compose) -> Compose:
    """What the journeys call it."""
    return stack


@pytest.fixture
def beside(tmp_path: Path, stack: Compose) -> Iterator[Callable[[], Compose]]:
    """A second, empty stack with the same secrets, for a restore."""
    made: list[Compose] = []

    def make() -> Compose:
        made.append(Compose(tmp_path, f"{stack.project}-beside", stack.secrets))
        return made[-1]

    yield make
    for one in made:
        one.close()
