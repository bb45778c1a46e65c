"""A delegation service with nothing in it, and a world to fill it."""

from collections.abc import Iterator

import httpx
import pytest
from flask.testing import FlaskClient

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.testing import ServiceUnderTest, tokens
from gateway.app import build as build_gateway
from gateway.kit.session import COOKIE
from gateway.settings import Settings as GatewaySettings
from services.delegation.app import build
from services.delegation.settings import Settings
from tests.gateway.line import Cut
from tests.gateway.portal import Portal
from tests.service.delegation.world import Company, World


@pytest.fixture
def under(database_url: str, clock: FixedClock) -> Iterator[ServiceUnderTest]:
    """The service under test."""
    service = ServiceUnderTest(build, Settings.of(database_url=database_url, broker_url="embedded:"), clock=clock)
    yield service
    service.close()


@pytest.fixture
def world(under: ServiceUnderTest) -> World:
    """People and machines around it."""
    return World(under)


@pytest.fixture
def company(world: World) -> Company:
    """A company whose founding administrator is in; what it took to get there is not in the outbox any more."""
    company = world.company()
    world.events()
    return company


@pytest.fixture
def line(world: World) -> Cut:
    """The line to delegation."""
    return Cut(world.under.app)


@pytest.fixture
def portal(company: Company, world: World, line: Cut) -> Portal:
    """The founder in front of the pages, on the real service."""
    person = {"account_id": str(company.founder), "email": "patron1@example.com", "nom": "Durand", "prenom": "Paul"}

    def identity(_request: httpx.Request) -> httpx.Response:
        token = tokens.user_token(company.founder, new_id(), world.under.clock.now())
        return httpx.Response(200, json={"access_token": token, "account": person})

    transports = {"identity": httpx.MockTransport(identity), "delegation": line}
    settings = GatewaySettings.of(secret_key="x" * 32, trusted_proxies=1)
    app = build_gateway(settings, transports=transports, clock=world.under.clock)
    client: FlaskClient = app.test_client()
    client.set_cookie(COOKIE, "session-en-cours", domain="espace.example.com", secure=True)
    return Portal(client)
