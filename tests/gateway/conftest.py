"""Pages through one door: every page a test opens is checked as `valid_page` says."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from backbone.clock import FixedClock
from gateway.app import build
from gateway.session import COOKIE
from gateway.settings import Settings
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def services() -> FakeServices:
    """The four services, as their contracts answer."""
    return FakeServices()


@pytest.fixture
def visitor(services: FakeServices) -> Iterator[Portal]:
    """Somebody who is not logged in."""
    settings = Settings.of(secret_key="cle-des-tests-" * 3, trusted_proxies=1)
    app = build(settings, transports=services.transports(), clock=FixedClock(NOW))
    with app.test_client() as client:
        yield Portal(client)


@pytest.fixture
def portal(visitor: Portal) -> Portal:
    """Somebody logged in, administrator of the example adhérent."""
    visitor.client.set_cookie(COOKIE, "session-en-cours", domain="espace.example.com", secure=True)
    return visitor
