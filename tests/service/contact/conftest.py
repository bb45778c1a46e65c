"""Contact under test: one adhérent, one firm's account with access, one stranger."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from backbone.clock import FixedClock
from backbone.sealing import Opener, generate_keypair
from backbone.testing import ServiceUnderTest
from contracts.events import delegation, identity
from services.contact.app import build
from services.contact.settings import Settings

PRIVATE, PUBLIC = generate_keypair()
OPENER = Opener(PRIVATE)


@pytest.fixture
def make(database_url: str, clock: FixedClock, tmp_path: Path) -> Iterator[Callable[..., ServiceUnderTest]]:
    """Makes the service with other settings, and tells it who is who."""
    made: list[ServiceUnderTest] = []

    def make_one(**settings: Any) -> ServiceUnderTest:
        usual = {
            "database_url": database_url,
            "broker_url": "embedded:",
            "files_folder": str(tmp_path / "files"),
            "sealing_public_key": PUBLIC,
        }
        made.append(ServiceUnderTest(build, Settings.of(**{**usual, **settings}), clock=clock))
        for card in (delegation.ADHERENT_REGISTERED, identity.ACCOUNT_UPDATED, delegation.DELEGATION_CONFIRMED):
            made[-1].deliver(card)
        return made[-1]

    yield make_one
    for one in made:
        one.close()


@pytest.fixture
def under(make: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    """The service."""
    return make()


@pytest.fixture
def store(tmp_path: Path) -> Callable[[], list[Path]]:
    """Lists every file of the store, kept or being received."""
    return lambda: sorted(path for path in (tmp_path / "files").rglob("*") if path.is_file())
