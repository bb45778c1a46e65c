"""A page asks each service once, when it knows who is there and what he may do; what two say is asked at once."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask

from backbone.clock import FixedClock
from gateway.app import build
from gateway.kit.session import COOKIE
from gateway.kit.together import together
from gateway.settings import Settings
from tests.gateway.conftest import NOW
from tests.gateway.examples import ACTIVE, PENDING, SITE, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal
from tests.gateway.test_every_page import OF_A_SITE, SIGNED_IN

# Who it is, and what he may do there: nothing is asked before both are known.
DOOR = {"POST /sessions/token", f"GET /sites/{SITE}", f"GET /sites/{SITE}/home"}
BELL = "The bell of the bars and what the page is about, at once: dsn says them in two answers."
FIRST = "A link of a mail names a delegation alone: whose it is comes first, then company and terms at once."
TWICE = {
    f"{SPACE}/suivi-dsn/2026-10": ("dsn", 2, BELL),
    f"{SPACE}/documents-recents": ("dsn", 2, BELL),
    f"{SPACE}/droits": ("delegation", 2, "The company's card and its list, at once."),
    f"{SPACE}/droits/{ACTIVE}/historique": ("delegation", 2, "The delegation and its journal, at once."),
    f"{SPACE}/droits/{ACTIVE}/attestation": ("delegation", 2, "The delegation and its document, at once."),
    f"/mon-compte/delegations/{ACTIVE}/attestation": ("delegation", 2, "The mandate and its document, at once."),
    f"{SPACE}/droits/{ACTIVE}/modifier": ("delegation", 2, "The delegation, whose form needs it first, then profiles."),
    f"/delegations/{ACTIVE}/prolongation": ("delegation", 3, FIRST),
    f"/delegations/{PENDING}/confirmation": ("delegation", 3, FIRST),
}


def asked(services: FakeServices) -> Counter[str]:
    """How often each service was asked behind the door."""
    behind = [call for call in services.calls if f"{call.method} {call.path}" not in DOOR]
    return Counter(call.service for call in behind if not call.path.endswith("/uses"))  # told when the page is made


@pytest.mark.parametrize("path", SIGNED_IN + OF_A_SITE)
def test_a_page_asks_each_service_once(portal: Portal, services: FakeServices, path: str) -> None:
    portal.get(f"{SPACE}/droits/{ACTIVE}")  # what is asked once a minute is known
    services.calls.clear()
    portal.get(path)
    service, most, _ = TWICE.get(path, ("", 1, ""))
    found = asked(services)
    assert {name: times for name, times in found.items() if times > 1} == ({service: most} if service else {})


@pytest.fixture
def ticking() -> Iterator[tuple[Portal, FakeServices, FixedClock]]:
    """Somebody logged in, where time goes on."""
    services, clock = FakeServices(), FixedClock(NOW)
    app = build(Settings.of(secret_key="x" * 40, trusted_proxies=1), transports=services.transports(), clock=clock)
    with app.test_client() as client:
        client.set_cookie(COOKIE, "session-en-cours", domain="espace.example.com", secure=True)
        yield Portal(client), services, clock


def test_what_can_be_delegated_is_asked_once_a_minute(
    ticking: tuple[Portal, FakeServices, FixedClock],
) -> None:
    portal, services, clock = ticking
    for _ in range(3):
        portal.get(f"{SPACE}/droits/{ACTIVE}")
    assert len(services.called("GET /catalogue")) == 1
    clock.advance(timedelta(minutes=1))
    portal.get(f"{SPACE}/droits/{ACTIVE}")
    assert len(services.called("GET /catalogue")) == 2


def test_what_could_not_be_had_is_asked_again(ticking: tuple[Portal, FakeServices, FixedClock]) -> None:
    portal, services, _ = ticking
    services.refuse("GET /catalogue", 503, "service_indisponible", "")
    portal.get(f"{SPACE}/droits/{ACTIVE}", 503)
    services.forget()
    portal.get(f"{SPACE}/droits/{ACTIVE}")


def test_what_is_asked_together_is_asked_at_once(built: tuple[Flask, FakeServices]) -> None:
    both = Barrier(3, timeout=30)
    with built[0].app_context():
        assert together(lambda: both.wait() >= 0, lambda: both.wait() >= 0, lambda: both.wait() >= 0) == (True,) * 3


def test_who_asks_together_hears_the_first_refusal_when_all_are_over(built: tuple[Flask, FakeServices]) -> None:
    over: list[str] = []
    with built[0].app_context(), pytest.raises(ZeroDivisionError):
        together(lambda: 1 // 0, lambda: over.append("second"), lambda: {}["third"])
    assert over == ["second"]
