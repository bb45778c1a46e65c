"""The dsn service under test, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from backbone.clock import FixedClock
from services.dsn.app import build
from services.dsn.settings import Settings
from tests.service.dsn.system import Dsn


@pytest.fixture
def dsn(database_url: str, clock: FixedClock) -> Iterator[Dsn]:
    """The service, migrated and served, with no site yet. It is 23 November 2026; a new site has no grace."""
    settings = Settings.of(database_url=database_url, broker_url="embedded:", opening_grace_days=0)
    service = Dsn(build, settings, clock=clock)
    yield service
    service.close()
