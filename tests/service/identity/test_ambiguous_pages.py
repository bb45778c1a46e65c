"""What could be read in two ways is refused by the pages before the real identity hears of it (K14, ASVS 15.3.7)."""

import httpx
import pytest

from gateway.app import build
from gateway.kit.session import COOKIE
from gateway.settings import Settings
from tests.gateway.portal import BASE, Portal
from tests.service.identity.conftest import PASSWORD

PAGE = "/mon-compte"


@pytest.fixture
def asked():
    """The paths that identity was asked."""
    return []


@pytest.fixture
def portal(identity, asked):
    """Claire, logged in on the pages by the real service."""
    inner = httpx.WSGITransport(app=identity.under.app)

    class Told(httpx.BaseTransport):
        def handle_request(self, request):
            asked.append(request.url.path)
            return inner.handle_request(request)

    identity.active()
    settings = Settings.of(secret_key="x" * 32, trusted_proxies=1)
    portal = Portal(build(settings, transports={"identity": Told()}, clock=identity.clock).test_client())
    portal.post("/connexion", email="claire@example.com", mot_de_passe=PASSWORD, suite="")
    asked.clear()
    return portal


def test_k14_two_session_cookies_are_refused_and_nobody_is_recognised(portal, asked):
    cookie = portal.client.get_cookie(COOKIE, domain="espace.example.com").value
    bare = portal.client.application.test_client(use_cookies=False)
    one = bare.get(PAGE, base_url=BASE, headers={"Cookie": f"{COOKIE}={cookie}"})
    assert one.status_code == 200 and "Claire" in one.text and asked
    asked.clear()
    for doubled in (f"{COOKIE}={cookie}; {COOKIE}={cookie}", f"{COOKIE}=x; {COOKIE}={cookie}"):
        answer = bare.get(PAGE, base_url=BASE, headers={"Cookie": doubled})
        assert answer.status_code == 400 and "Claire" not in answer.text
    assert asked == []


@pytest.mark.parametrize("path", [f"{PAGE}?espace=a&espace=b", "/connexion?suite=/aide&suite=/choix", "/aide?x=1&x=1"])
def test_k14_a_doubled_parameter_is_refused_before_anything_is_asked_for_it(portal, asked, path):
    portal.get(path, 400)
    assert set(asked) <= {"/v1/sessions/token"}, "the page that says so names who reads it, and that is all"


def test_k14_a_doubled_field_is_no_attempt(portal, asked):
    doubled = ["claire@example.com", "autre@example.com"]
    portal.post("/connexion", 400, email=doubled, mot_de_passe="faux", suite="")
    assert "/v1/sessions" not in asked
