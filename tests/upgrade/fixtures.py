"""Fixtures about the version before; a conftest, or a test file, imports those it uses."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.upgrade.releases import archive, before
from tests.upgrade.version import Version, version_at


@pytest.fixture(scope="session")
def version_before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Version]:
    """The version before, its tree taken out of the history."""
    with version_at("old", archive(before().commit, tmp_path_factory.mktemp("before"))) as version:
        yield version


@pytest.fixture(scope="session")
def described(version_before: Version) -> dict[str, Any]:
    """What the version before says of itself: its tables, its events."""
    return dict(json.loads(version_before.tell("described.py")))


@pytest.fixture(scope="session")
def laid(version_before: Version) -> Callable[[dict[str, str]], None]:
    """Makes the databases of the version before at these addresses, by service."""
    return lambda urls: str(version_before.tell("laid.py", stdin=json.dumps(urls))) and None


@pytest.fixture(scope="session")
def sqlite_of_before(laid: Callable[[dict[str, str]], None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one SQLite file a service, as the version before left them."""
    from scripts.make_secrets import SERVICES

    folder = tmp_path_factory.mktemp("left")
    laid({name: f"sqlite:///{folder}/{name}.db" for name in SERVICES})
    return folder
