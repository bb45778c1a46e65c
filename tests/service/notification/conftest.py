"""Notification under test, with a real SMTP server and SMS as files."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from backbone.clock import FixedClock
from backbone.sealing import Sealer, generate_keypair
from backbone.testing import ServiceUnderTest
from services.notification.app import build
from services.notification.settings import Settings
from tests.support.smtp import SmtpSink, smtp_sink

PRIVATE, PUBLIC = generate_keypair()
SEALER = Sealer(PUBLIC)
TOKEN = "Zk3mPq8sVx1bN5tYwR7uKdLfGhJc2aXe9iOo4TnMvQ0"
CODE = "482917"


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    """A mail server."""
    with smtp_sink() as server:
        yield server


@pytest.fixture
def make(database_url: str, clock: FixedClock, tmp_path: Path, sink: SmtpSink) -> Iterator[Callable[..., Any]]:
    """Makes the service with other settings."""
    made: list[ServiceUnderTest] = []

    def make_one(**settings: Any) -> ServiceUnderTest:
        usual = {
            "database_url": database_url,
            "broker_url": "embedded:",
            "public_url": "https://espace.example.com",
            "mail_url": sink.url,
            "sms_url": f"files:{tmp_path / 'sms'}",
            "sealing_private_key": PRIVATE,
            "smtp_timeout": 60.0,  # a busy machine is slow to answer, and what is late is sent again
        }
        made.append(ServiceUnderTest(build, Settings.of(**{**usual, **settings}), clock=clock))
        return made[-1]

    yield make_one
    for one in made:
        one.close()


@pytest.fixture
def under(make: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    """The service with the mail server."""
    return make()
