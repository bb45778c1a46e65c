"""SMS through a provider: answers, throttling, silence; doubt is said and never repeated (FA10)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from smpplib import consts

from backbone.testing import ServiceUnderTest
from services.notification.adapters.smpp import SmppServer
from tests.service.notification.conftest import CODE
from tests.service.notification.mail import rows, send, statuses, text_code
from tests.support.smsc import DROP, SILENT, Smsc, smsc

Make = Callable[..., ServiceUnderTest]


@pytest.fixture
def centre() -> Iterator[Smsc]:
    """An SMS centre."""
    with smsc() as one:
        yield one


@pytest.fixture
def under(make: Make, centre: Smsc) -> ServiceUnderTest:
    """The service with that centre."""
    return make(sms_url=centre.url, smpp_timeout=1.0)


def test_g50_the_code_reaches_the_provider(under: ServiceUnderTest, centre: Smsc) -> None:
    text_code(under)
    text_code(under)
    assert send(under) == 2
    assert centre.binds == 1  # one bind for the batch
    first = centre.submitted[0]
    assert first.number == "33639980001"
    assert first.content.endswith(b"\x00espace.example.com #" + CODE.encode())  # « @ » is 0 in the GSM alphabet
    assert statuses(under) == ["envoye", "envoye"]


@pytest.mark.parametrize("status", [consts.SMPP_ESME_RTHROTTLED, consts.SMPP_ESME_RMSGQFUL, consts.SMPP_ESME_RSYSERR])
def test_fa10_a_provider_that_is_busy_is_asked_again(under: ServiceUnderTest, centre: Smsc, status: int) -> None:
    centre.script = [status]
    text_code(under)
    assert send(under) == 0
    under.clock.advance(timedelta(seconds=3))
    assert send(under) == 1


def test_a_number_that_the_provider_refuses_is_final(under: ServiceUnderTest, centre: Smsc) -> None:
    centre.script = [consts.SMPP_ESME_RINVDSTADR]
    text_code(under)
    send(under)
    assert statuses(under) == ["echec_definitif"]
    assert rows(under)[0].reason.startswith("SMPP 0xb")


@pytest.mark.parametrize("script", [SILENT, DROP])
def test_an_answer_that_never_comes_is_a_doubt_and_no_second_sms(
    under: ServiceUnderTest, centre: Smsc, script: int
) -> None:
    centre.script = [script]
    text_code(under)
    for _ in range(3):
        assert send(under) == 0
        under.clock.advance(timedelta(seconds=31))
    assert statuses(under) == ["unconfirmed"]
    assert len(centre.submitted) == 1


def test_a_provider_that_is_away_or_refuses_the_bind_is_waited_for(under: ServiceUnderTest, centre: Smsc) -> None:
    centre.bind_status = consts.SMPP_ESME_RBINDFAIL
    text_code(under)
    assert send(under) == 0
    centre.bind_status = 0
    under.clock.advance(timedelta(seconds=3))
    assert send(under) == 1


def test_a_wrong_address_is_said_at_the_start() -> None:
    assert SmppServer.of("smpp://a:b%40c@host?source=X") == SmppServer("host", 2775, "a", "b@c", "X")
    for url in ("smpp://host:2775", "http://a@b", "smpp:"):
        with pytest.raises(ValueError, match="SMPP address"):
            SmppServer.of(url)
