"""The demonstration as `make run` starts it, and the people who look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import people
from tests.journeys.systems import Embedded
from tests.screens.world import World, lived
from tests.support.ports import eventually


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[World]:
    """Its people logged in, its screens full."""
    folder: Path = tmp_path_factory.mktemp("screens")
    system = Embedded(folder, "--demo")
    try:
        eventually((folder / "var" / "demo.done").exists, limit=100, what="the demonstration")
        with people(system, browser) as someone:
            yield lived(system, someone, folder)
    finally:
        system.close()
