"""Senders killed with -9 just after the mail server took a message: nothing lost, at most one repeat a kill (FA8)."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from backbone.clock import FixedClock
from backbone.testing import ServiceUnderTest
from services.notification.app import build
from services.notification.settings import Settings
from services.notification.use_cases.send_deliveries import LEASE
from tests.service.notification.conftest import PRIVATE
from tests.service.notification.mail import invite, statuses
from tests.support.ports import patience
from tests.support.smtp import SmtpSink

KILLS, ORDERED = 5, 24


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_fa8_five_kills_at_the_worst_moment(database_url: str, sink: SmtpSink) -> None:
    settings = {
        "database_url": database_url,
        "broker_url": "embedded:",
        "public_url": "https://espace.example.com",
        "mail_url": sink.url,
        "sms_url": "files:unused",
        "sealing_private_key": PRIVATE,
        "smtp_timeout": 120.0,  # on a busy machine too, a kill is the only reason for a repeat
        "message_seconds": 240.0,
    }
    under = ServiceUnderTest(build, Settings.of(**settings), clock=FixedClock(datetime.now(UTC)))
    for number in range(ORDERED):
        invite(under, email=f"a{number}@example.com", expires_at=under.clock.now() + timedelta(days=7))
    kills = 0
    while statuses(under) != ["envoye"] * ORDERED:
        kills += run_and_kill(settings, sink, kills)
    under.close()
    repeats = len(sink.messages) - len(sink.distinct())
    assert kills >= KILLS
    assert len(sink.distinct()) == len(set(sink.recipients)) == ORDERED
    assert 1 <= repeats <= kills


def run_and_kill(settings: dict[str, str], sink: SmtpSink, kills: int) -> int:
    """One sender, killed at its third message until there were enough kills; how many kills it was."""
    shift = str((LEASE.total_seconds() + 1) * kills)
    command = [sys.executable, "-m", "tests.service.notification.sender", json.dumps(settings), shift]
    process = subprocess.Popen(command)
    at = len(sink.messages) + 3

    def worst_moment(number: int) -> None:
        if kills < KILLS and number == at:
            process.kill()
            process.wait(10)

    sink.accepted = worst_moment
    return int(process.wait(60 * patience()) != 0)
