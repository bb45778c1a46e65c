"""What became of the mail of an invitation is told once, when it is known (K6)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backbone.ids import new_id
from backbone.testing import ServiceUnderTest
from contracts.examples import DELEGATION_ID
from services.notification.use_cases.send_deliveries import LEASE, EmailPost
from tests.service.notification.mail import invite, send, text_code
from tests.service.notification.test_faults import die_after_sending
from tests.support.smtp import SmtpSink

Make = Callable[..., ServiceUnderTest]


def told(under: ServiceUnderTest) -> list[tuple[str, Any, Any]]:
    """The outcomes that were announced, with their invitation."""
    events = [one for one in under.recorded() if one.type == "invitation.delivered.v1"]
    assert all((one.sequence, one.subject) == (1, str(one.data["invitation_id"])) for one in events)
    assert all(str(one.data["delegation_id"]) == DELEGATION_ID for one in events)
    return [(one.data["outcome"], one.data["invitation_id"], one.data["at"]) for one in events]


def test_a_mail_that_left_is_told(under: ServiceUnderTest) -> None:
    invitation_id = new_id()
    invite(under, invitation_id=invitation_id)
    assert told(under) == []
    under.clock.advance(timedelta(seconds=2))
    send(under)
    send(under)
    assert told(under) == [("envoye", invitation_id, under.clock.now())]


def test_a_mail_that_is_refused_is_told_and_one_that_waits_is_not(under: ServiceUnderTest, sink: SmtpSink) -> None:
    sink.script["RCPT"] = ["451 later", "550 no such user"]
    invite(under)
    send(under)
    assert told(under) == []
    under.clock.advance(timedelta(seconds=3))
    send(under)
    assert [outcome for outcome, *_ in told(under)] == ["echec"]


def test_a_link_that_died_before_its_mail_left_is_told(under: ServiceUnderTest, sink: SmtpSink) -> None:
    sink.stop()
    invite(under, expires_at=under.clock.now() + timedelta(hours=1))
    send(under)
    under.clock.advance(timedelta(hours=1))
    send(under)
    send(under)
    assert [outcome for outcome, *_ in told(under)] == ["echec"]


def test_the_end_of_patience_is_told(under: ServiceUnderTest, sink: SmtpSink) -> None:
    sink.script["RCPT"] = ["451 later"] * 2
    invite(under, expires_at=under.clock.now() + timedelta(days=30))
    send(under)
    under.clock.advance(timedelta(hours=73))
    send(under)
    assert [outcome for outcome, *_ in told(under)] == ["echec"]


def test_an_invitation_that_can_never_be_made_is_told_when_it_is_ordered(under: ServiceUnderTest) -> None:
    invite(under, email="a@b.fr\r\nBcc: x@y.fr")
    assert [outcome for outcome, *_ in told(under)] == ["echec"]


def test_a_sender_that_died_tells_once_when_the_repeat_left(under: ServiceUnderTest) -> None:
    invite(under)
    die_after_sending(under, EmailPost)
    assert told(under) == []
    under.clock.advance(LEASE + timedelta(seconds=1))
    send(under)
    send(under)
    assert [outcome for outcome, *_ in told(under)] == ["envoye"]


def test_a_repeat_of_the_same_invitation_tells_nothing_more(under: ServiceUnderTest) -> None:
    invitation_id = new_id()
    for _ in range(2):
        invite(under, invitation_id=invitation_id)
        send(under)
    assert [outcome for outcome, *_ in told(under)] == ["envoye"]


@pytest.mark.parametrize("expired", [False, True])
def test_no_other_message_is_told(under: ServiceUnderTest, expired: bool) -> None:
    text_code(under)
    under.clock.advance(timedelta(minutes=20 if expired else 0))
    send(under)
    assert under.recorded() == []
