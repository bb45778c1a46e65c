"""Pages through one door: every page a test opens is checked as `valid_page` says."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser

from backbone.clock import FixedClock
from backbone.rights.uses import Told
from gateway.app import build
from gateway.kit.catalogue import Kept
from gateway.kit.session import COOKIE
from gateway.settings import Settings
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def built() -> tuple[Flask, FakeServices]:
    """One application for all tests; its services forget between two of them."""
    fakes = FakeServices()
    settings = Settings.of(secret_key="cle-des-tests-" * 3, trusted_proxies=1)
    return build(settings, transports=fakes.transports(), clock=FixedClock(NOW)), fakes


@pytest.fixture
def services(built: tuple[Flask, FakeServices]) -> Iterator[FakeServices]:
    """The four services, as their contracts answer; what the documents do not say fails the test."""
    built[1].forget()
    built[0].extensions["told"], built[0].extensions["catalogue"] = Told(), Kept()
    yield built[1]
    untrue = sorted(set(built[1].untrue))
    assert not untrue, f"{untrue}: mend the page or the fake; one that no service gives is said with `breaks`."


@pytest.fixture
def browser(browser: Browser) -> Iterator[Browser]:
    """The browser; the windows that a test opens close with it: what a page does later is not the next test's."""
    others = set(browser.contexts)
    yield browser
    for context in set(browser.contexts) - others:
        context.close()


@pytest.fixture
def visitor(built: tuple[Flask, FakeServices], services: FakeServices) -> Iterator[Portal]:
    """Somebody who is not logged in."""
    with built[0].test_client() as client:
        yield Portal(client)


@pytest.fixture
def portal(visitor: Portal) -> Portal:
    """Somebody logged in, administrator of the example adhérent."""
    visitor.client.set_cookie(COOKIE, "session-en-cours", domain="espace.example.com", secure=True)
    return visitor
