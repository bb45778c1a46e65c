"""The sample service under test."""

from collections.abc import Iterator

import pytest

from backbone.clock import FixedClock
from backbone.config import BaseSettings
from backbone.testing import ServiceUnderTest
from tests.service.backbone import sample


@pytest.fixture
def under(database_url: str, clock: FixedClock) -> Iterator[ServiceUnderTest]:
    """The sample, migrated and served."""
    settings = BaseSettings.of(database_url=database_url, broker_url="embedded:", inbox_attempts=3)
    service = ServiceUnderTest(sample.build, settings, clock=clock)
    yield service
    service.close()
