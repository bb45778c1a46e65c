"""The SMS centre of the profile sms as it is deployed, a process of its own: what we send is shown, once."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from smpplib import gsm

from backbone.ids import new_id
from backbone.testing import ServiceUnderTest
from services.notification.adapters.smpp import Smpp, SmppServer
from services.notification.domain.deliveries import Outcome
from services.notification.domain.writing import Sms
from tests.service.notification.conftest import CODE
from tests.service.notification.mail import send, statuses, text_code
from tests.support.ports import free_port
from tests.support.processes import Child
from tools.smsc.centre import Submitted

Make = Callable[..., ServiceUnderTest]


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[tuple[str, httpx.Client]]:
    """Its SMPP address, and its pages."""
    smpp_port, http_port = free_port(), free_port()
    url = f"http://127.0.0.1:{http_port}"
    words = [sys.executable, "-m", "tools.smsc", "--smpp-port", str(smpp_port), "--http-port", str(http_port)]
    process = Child(words, {}, tmp_path / "smsc.log", f"{url}/sms/messages")
    try:
        process.wait_ready()
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as pages:
            yield f"smpp://espace:espace@127.0.0.1:{smpp_port}?source=CIBTP", pages
    finally:
        process.kill9()


def test_a_code_is_sent_and_shown_once(make: Make, centre: tuple[str, httpx.Client]) -> None:
    url, pages = centre
    under = make(sms_url=url)
    text_code(under)
    assert (send(under), send(under)) == (1, 0)
    assert statuses(under) == ["envoye"]
    (shown,) = pages.get("/sms/messages").json()
    assert (shown["to"], shown["source"]) == ("+33639980001", "CIBTP")
    assert shown["text"].endswith(f"@espace.example.com #{CODE}")
    page = pages.get("/sms/")
    assert page.text.count(CODE) == shown["text"].count(CODE) and "<h1>SMS reçus</h1>" in page.text
    assert (
        page.headers["Cache-Control"] == "no-store" and "default-src 'none'" in page.headers["Content-Security-Policy"]
    )


def test_any_text_is_shown_as_a_phone_shows_it(centre: tuple[str, httpx.Client]) -> None:
    url, pages = centre
    texts = ["<b>é è à ù Ç € @ [x]</b>", "Reçu l’été : ça coûte 3 €"]  # the GSM alphabet, then UCS-2
    with Smpp(SmppServer.of(url)).session() as session:
        for text in texts:
            assert session.send(Sms(new_id(), "+33639980001", text, datetime.now(UTC))).outcome is Outcome.SENT
    assert [one["text"] for one in pages.get("/sms/messages").json()] == texts[::-1]
    assert "&lt;b&gt;" in pages.get("/sms/").text and pages.get("/autre").status_code == 404


def test_each_character_of_the_alphabet_is_read_back() -> None:
    text = "".join(sorted(set(gsm.GSM_CHARACTER_TABLE) - {"\x1b"}))
    sms = Submitted("1", "x", "33639980001", gsm.gsm_encode(text), 0, None)  # type: ignore[arg-type]
    assert sms.text == text
