"""A dialogue has one limit for the whole: who drips one byte at a time is hung up, in every way we talk to others."""

import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest

from backbone import fetching, wsgi
from backbone.clock import SystemClock
from backbone.deadline import Overdue, hung_up_after
from backbone.ids import new_id
from backbone.ports import Wiring
from backbone.web import watch
from gateway.clients.line import BoundedTransport, within
from gateway.settings import Settings as GatewaySettings
from services.contact.adapters.clamd import Clamd
from services.contact.use_cases.scan_files import NotJudged
from services.notification.adapters import smpp, smtp
from services.notification.adapters.smpp import Smpp, SmppServer
from services.notification.adapters.smtp import Smtp, SmtpServer
from services.notification.domain.deliveries import Outcome
from services.notification.domain.writing import Letter, Sms
from services.notification.settings import Settings as NotificationSettings
from tests.support.drip import drip
from tests.support.ports import eventually, patience

WHOLE = 0.6
HTTP = b"HTTP/1.1 200 OK\r\nX: "


def seconds(act: Callable[[], Any]) -> float:
    begun = time.monotonic()
    act()
    return (time.monotonic() - begun) / patience()


def letter() -> Letter:
    return Letter(new_id(), "a@example.com", datetime.now(UTC), "b@example.com", b"Subject: x\r\n\r\nx\r\n")


@pytest.mark.parametrize("first", [b"", b"220 hello\r\n"], ids=["greeting", "later"])
def test_smtp(first: bytes) -> None:
    said = []
    with drip(b"x", first) as server:
        way = Smtp(SmtpServer("127.0.0.1", server.port, "none"), helo="localhost", timeout=2.0, whole=WHOLE)
        with way.session() as session:
            assert seconds(lambda: said.append(session.send(letter()))) < 2 * WHOLE
    assert said[0].outcome is Outcome.OVERDUE
    assert server.connections == 1


def test_smtp_good_bye(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "CLOSING", WHOLE)
    with drip(b"x") as server:
        session = smtp.SmtpSession(SmtpServer("127.0.0.1", server.port, "none"), "localhost", 2.0, 60.0)
        session._client = session._server.client(2.0, "localhost")
        session._client.sock = socket.create_connection(("127.0.0.1", server.port), 2.0)
        assert seconds(session.close) < 2 * WHOLE


def test_smpp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smpp, "CLOSING", WHOLE)
    said = []
    with drip(b"\0\0\1\0" + b"\0" * 252) as server:
        way = Smpp(SmppServer("127.0.0.1", server.port, "a", "b", "CIBTP"), timeout=2.0, whole=WHOLE)
        with way.session() as session:
            sms = Sms(new_id(), "+33639980001", "un", datetime.now(UTC))
            assert seconds(lambda: said.append(session.send(sms))) < 2 * WHOLE
    assert said[0].outcome is Outcome.AWAY


def test_clamd() -> None:
    with drip(b"x") as server:
        clamd = Clamd("127.0.0.1", server.port, patience=WHOLE)
        with pytest.raises(NotJudged):
            clamd.virus_in(BytesIO(b"text"))


def test_an_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "WHOLE", WHOLE)
    with drip(b"x", HTTP) as server:
        owners = watch.HttpOwners({"identity": f"http://127.0.0.1:{server.port}"}, SystemClock())
        with pytest.raises(Overdue):
            owners.ask("identity", "/v1/account", "abc")


def test_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wsgi, "WHOLE", WHOLE)
    with drip(b"x", HTTP) as server:
        settings = SimpleNamespace(jwks_url=f"http://127.0.0.1:{server.port}/jwks.json")
        with pytest.raises(OSError):
            wsgi.keys_from(SimpleNamespace(wiring=Wiring(), settings=settings))()  # type: ignore[arg-type]


@pytest.mark.parametrize("first", [HTTP, b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"], ids=["headers", "body"])
def test_a_page(first: bytes) -> None:
    import httpx

    with drip(b"x", first) as server:
        client = httpx.Client(transport=BoundedTransport(), timeout=2.0)
        with within(WHOLE), pytest.raises(httpx.ReadTimeout):
            client.get(f"http://127.0.0.1:{server.port}/")


def test_who_is_in_time_is_left_alone() -> None:
    here, there = socket.socketpair()
    with here, there:
        with hung_up_after(30, lambda: here):
            there.sendall(b"x")
            assert here.recv(1) == b"x"
    eventually(lambda: not [one for one in threading.enumerate() if one.name == "deadline"])


def test_by_default_a_message_takes_60_seconds_and_a_question_10() -> None:
    assert NotificationSettings.__dataclass_fields__["message_seconds"].default <= 60
    assert GatewaySettings.__dataclass_fields__["service_timeout"].default <= 10
    assert watch.WHOLE <= 5 and wsgi.WHOLE <= 5


def test_get_follows_nobody_and_reads_no_more_than_it_is_told() -> None:
    with drip(b"x", b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\nabcdef") as server:
        assert fetching.get(f"http://127.0.0.1:{server.port}", timeout=2, whole=5, most=3) == (302, b"abc")
        assert server.connections == 1
