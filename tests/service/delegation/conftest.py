"""A delegation service with nothing in it, and a world to fill it."""

from collections.abc import Iterator

import pytest

from backbone.clock import FixedClock
from backbone.testing import ServiceUnderTest
from services.delegation.app import build
from services.delegation.settings import Settings
from tests.gateway.line import Cut
from tests.gateway.portal import Portal
from tests.service.delegation.fronted import fronted
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
    return fronted(world, company, line)[0]
