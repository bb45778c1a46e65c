"""The token by which a browser is known again: given at login, kept for a year, never a secret of the page."""

from gateway.kit.browser import COOKIE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

LOGIN = {"email": "durand@example.com", "mot_de_passe": "Chantier-26"}
TOKEN = "n" * 43


def given(shown) -> str:
    (cookie,) = [one for one in shown.response.headers.getlist("Set-Cookie") if one.startswith(COOKIE)]
    return str(cookie)


def told(services: FakeServices) -> list[object]:
    return [call.json.get("browser") for call in services.called("POST /sessions")]


def test_a_browser_gets_a_token_at_its_first_login_and_keeps_it(visitor: Portal, services: FakeServices) -> None:
    first = given(visitor.post("/connexion", **LOGIN))
    assert "Max-Age=31536000" in first and "HttpOnly" in first and "Secure" in first
    visitor.client.delete_cookie("__Host-session", domain="espace.example.com")
    assert given(visitor.post("/connexion", **LOGIN)).partition(";")[0] == first.partition(";")[0]
    assert told(services) == [first.partition(";")[0].partition("=")[2]] * 2


def test_what_is_no_token_of_ours_is_replaced(visitor: Portal, services: FakeServices) -> None:
    visitor.client.set_cookie(COOKIE, "x" * 500, domain="espace.example.com", secure=True)
    visitor.post("/connexion", **LOGIN)
    assert told(services) != ["x" * 500] and len(str(told(services)[0])) == 43


def test_logging_out_leaves_it(portal: Portal) -> None:
    portal.client.set_cookie(COOKIE, TOKEN, domain="espace.example.com", secure=True)
    cookies = portal.post("/deconnexion").response.headers.getlist("Set-Cookie")
    assert [one for one in cookies if one.startswith(COOKIE)] == []


def test_a_refused_login_gives_none(visitor: Portal, services: FakeServices) -> None:
    services.refuse("POST /sessions", 401, "identifiants_incorrects", "Adresse électronique ou mot de passe incorrect.")
    cookies = visitor.post("/connexion", status=401, **LOGIN).response.headers.getlist("Set-Cookie")
    assert [one for one in cookies if one.startswith(COOKIE)] == []


def test_a_service_of_the_version_before_is_asked_without(visitor: Portal, services: FakeServices) -> None:
    services.refuse("POST /sessions", 422, "invalide", "Refusé.", ("browser", "Inconnu."))
    visitor.post("/connexion", status=422, **LOGIN)
    assert [bool(one) for one in told(services)] == [True, False]
