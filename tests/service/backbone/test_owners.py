"""Asking an owner over HTTP: where the settings say, the token to nobody else, and not for long (decision 0017)."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from backbone.clock import FixedClock
from backbone.errors import StoreAway
from backbone.ids import new_id
from backbone.rights.authority import Authority
from backbone.rights.tokens import Principal
from backbone.shape.config import SettingsError
from backbone.testing import ServiceUnderTest
from backbone.web import watch
from backbone.web.watch import HttpOwners, Looked, Watch, watch_of
from contracts.events.authority import SESSIONS
from tests.support.ports import free_port

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Owner(BaseHTTPRequestHandler):
    """Answers what it was asked with; sends who asks for /elsewhere away; says nothing to /silent."""

    asked: list[tuple[str, str | None]] = []
    released = threading.Event()
    told = ""

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Authorization"]))
        if self.path == "/silent":
            self.released.wait(10)
        self.send_response(302 if self.path == "/elsewhere" else 200)
        self.send_header("Location", "/stolen")
        self.send_header("X-Clock", self.told)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def owners() -> Iterator[HttpOwners]:
    """The way to a real server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Owner)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Owner.asked.clear()
    Owner.released.clear()
    yield HttpOwners({"identity": f"http://127.0.0.1:{server.server_port}"}, FixedClock(NOW))
    Owner.released.set()
    server.shutdown()
    server.server_close()


def test_the_token_goes_with_the_question(owners: HttpOwners) -> None:
    assert owners.ask("identity", "/v1/account", "abc") == (200, b"{}")
    assert Owner.asked == [("/v1/account", "Bearer abc")]


@pytest.mark.parametrize(
    ("told", "ahead"),
    [
        ("2026-11-23T09:00:20+00:00", 20),
        ("2026-11-23T09:59:00+01:00", -60),
        ("2026-11-23T09:06:00+00:00", 0),  # too far to be reckoned with: it is asked for every person
        ("2026-11-23T09:00:20", 0),
        ("soon", 0),
        ("", 0),
    ],
)
def test_its_answer_tells_its_clock(
    owners: HttpOwners, monkeypatch: pytest.MonkeyPatch, told: str, ahead: float
) -> None:
    monkeypatch.setattr(Owner, "told", told)
    assert owners.ahead("identity") == 0
    owners.ask("identity", "/", "abc")
    assert owners.ahead("identity") == ahead


def test_the_token_follows_no_redirection(owners: HttpOwners) -> None:
    assert owners.ask("identity", "/elsewhere", "abc")[0] == 302
    assert [path for path, _ in Owner.asked] == ["/elsewhere"]


def test_nobody_waits_for_an_owner_that_says_nothing(owners: HttpOwners, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "TIMEOUT", 0.2)
    with pytest.raises(OSError):
        owners.ask("identity", "/silent", "abc")


def test_one_that_is_not_there_is_away() -> None:
    with pytest.raises(OSError):
        HttpOwners({"identity": f"http://127.0.0.1:{free_port()}"}, FixedClock(NOW)).ask("identity", "/", "abc")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("", "identity answers"),
        ("delegation=http://x:1", "identity answers"),
        ("identity", "reads"),
        ("a=ftp://x", "reads"),
    ],
)
def test_a_service_that_is_not_told_whom_to_ask_does_not_start(under: ServiceUnderTest, told: str, said: str) -> None:
    follows: tuple[Authority, ...] = (SESSIONS,)
    service = replace(under.service, follows=follows, settings=replace(under.service.settings, owners=told))
    with pytest.raises(SettingsError, match=said):
        watch_of(service)


def test_one_that_follows_nobody_needs_to_be_told_nothing(under: ServiceUnderTest) -> None:
    with under.engine.connect() as connection:
        assert watch_of(under.service).look(connection, new_id()) == Looked(False, [])


@pytest.mark.parametrize("body", [b"<html>maintenance</html>", b"{}", b'{"account_id": "another"}', b"[]"])
def test_a_200_that_does_not_speak_of_the_account_is_no_answer(under: ServiceUnderTest, body: bytes) -> None:
    class Between:
        """A proxy that answers for its own part."""

        def ask(self, owner: str, path: str, token: str) -> tuple[int, bytes]:
            return 200, body

        def ahead(self, owner: str) -> float:
            return 0.0

    with pytest.raises(StoreAway):
        Watch(under.service, Between()).ask(SESSIONS, Principal(new_id(), session_id=new_id()), "token")
