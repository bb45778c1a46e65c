"""Who comes in by which door of the portal, and how he leaves: one right of several, one cookie, one way back."""

import pytest

from gateway.kit.session import COOKIE, local_path
from tests.gateway.examples import SITE, SPACE, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal, Shown

TOKEN = "POST /sessions/token"
OVER = "Votre session a expiré. Reconnectez-vous."
WHO = {"email": "durand@example.com", "mot_de_passe": "Xyz12345!"}


def cookies(shown: Shown) -> list[str]:
    """What the browser is told to do with the session's id."""
    return [one for one in shown.response.headers.getlist("Set-Cookie") if one.startswith(COOKIE)]


@pytest.mark.parametrize("function", ["declarations_nominatives", "declarations_salaires"])
def test_either_right_on_declarations_opens_the_dsn_of_a_site_at_its_lowest_level(
    portal: Portal, services: FakeServices, function: str
) -> None:
    limited = tier(administrator=False)
    limited["access"]["rights"] = {function: "consultation"}
    services.answers[f"GET /sites/{SITE}"] = (200, limited)
    assert f"{SPACE}/suivi-dsn" in portal.get(f"{SPACE}/").links()
    portal.get(f"{SPACE}/suivi-dsn")


@pytest.mark.parametrize("status", [401, 422, 400])
def test_a_session_that_identity_does_not_know_is_taken_back_from_the_browser(
    portal: Portal, services: FakeServices, status: int
) -> None:
    services.breaks(TOKEN, status, {"code": "session_terminee", "status": status, "title": "", "detail": ""})
    answer = portal.get("/mon-compte", 302)
    assert answer.location == "/connexion?suite=/mon-compte"
    assert [one.partition(";")[0] for one in cookies(answer)] == [f"{COOKIE}="]
    assert OVER in portal.get(answer.location).text


def test_a_session_that_cannot_be_asked_about_is_left_to_the_browser(portal: Portal, services: FakeServices) -> None:
    services.away.add("identity")
    assert cookies(portal.get("/mon-compte", 503)) == []


def test_who_had_no_session_is_not_told_that_it_expired(visitor: Portal) -> None:
    assert OVER not in visitor.get(visitor.get("/mon-compte", 302).location).text


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"{BASE}/mon-compte/contact?x=1", "/connexion?suite=/mon-compte/contact?x%3D1"),
        ("https://evil.example/mon-compte", "/connexion"),
        ("", "/connexion"),
    ],
)
def test_a_form_of_a_dead_session_comes_back_to_the_page_that_holds_it(
    visitor: Portal, referer: str, back: str
) -> None:
    headers = {"Referer": referer} if referer else {}
    assert visitor.post("/mon-compte/contact", status=302, headers=headers).location == back


@pytest.mark.parametrize("target", ["/a\\b", "/a b", "/\tb", "/a\u0000", "mon-compte", "///evil.example"])
def test_aa49_what_a_browser_reads_otherwise_is_no_path_of_ours(target: str) -> None:
    assert local_path(target) is None


@pytest.mark.parametrize("door", ["login", "logout"])
def test_aa19_the_forms_token_of_before_is_of_no_use_to_the_next_person(portal: Portal, door: str) -> None:
    before = portal.token()
    portal.post("/connexion", **WHO) if door == "login" else portal.post("/deconnexion")
    portal.post("/mot-de-passe-oublie", status=403, token=before, email="x@example.com")
    portal.post("/mot-de-passe-oublie", email="x@example.com")


def test_who_leaves_while_identity_is_away_is_not_told_that_he_left(portal: Portal, services: FakeServices) -> None:
    services.away.add("identity")
    assert cookies(portal.post("/deconnexion", status=503)) == []


def test_who_leaves_a_session_that_is_over_has_left(portal: Portal, services: FakeServices) -> None:
    services.breaks("POST /sessions/end", 404, {"code": "introuvable", "status": 404, "title": "", "detail": ""})
    answer = portal.post("/deconnexion")
    assert answer.location == "/connexion"
    assert [one.partition(";")[0] for one in cookies(answer)] == [f"{COOKIE}="]
