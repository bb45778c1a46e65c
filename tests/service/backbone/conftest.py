"""The sample service under test."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from backbone.clock import FixedClock
from backbone.shape.config import BaseSettings
from backbone.store.engines import make_engine
from backbone.testing import ServiceUnderTest
from tests.service.backbone import sample


@pytest.fixture
def under(database_url: str, clock: FixedClock) -> Iterator[ServiceUnderTest]:
    """The sample, migrated and served."""
    settings = BaseSettings.of(database_url=database_url, broker_url="embedded:", inbox_attempts=3)
    service = ServiceUnderTest(sample.build, settings, clock=clock)
    yield service
    service.close()


@pytest.fixture
def engine(request: pytest.FixtureRequest, database_url: str) -> Iterator[sa.Engine]:
    """A database with the tables of the test module's METADATA."""
    engine = make_engine(database_url)
    request.module.METADATA.create_all(engine)
    yield engine
    engine.dispose()
