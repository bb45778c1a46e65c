"""Login, logout, forgotten password (G56, G57, AA1–AA4, AA19, AA20, AA49)."""

import pytest

from gateway.kit.session import COOKIE, local_path
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal, words

M1 = "Adresse électronique ou mot de passe incorrect."
M2 = "Si un compte correspond à cette adresse, un courriel vient d'être envoyé."
WHO = {"email": "durand@example.com", "mot_de_passe": "Xyz12345!"}


def test_g56_the_form_has_the_guide_s_words(visitor: Portal) -> None:
    page = visitor.get("/connexion")
    for said in ("Adresse électronique", "Mot de passe", "Connexion", "Mot de passe oublié ?"):
        assert said in page.text
    assert page.one("input", name="mot_de_passe").get("autocomplete") == "current-password"
    assert page.one("button", data_oeil="mot_de_passe").get("aria-pressed") == "false"


@pytest.mark.parametrize("path", ["/", "/connexion"])
def test_g55_a_link_of_the_caisse_s_site_opens_the_login(visitor: Portal, path: str) -> None:
    from_there = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Referer": "https://caisse.example.com/",
    }
    answer = visitor.client.get(path, base_url=BASE, headers=from_there, follow_redirects=True)
    assert (answer.status_code, answer.request.path) == (200, "/connexion")
    assert "Connexion" in answer.text


def test_c7_login_gives_an_opaque_host_cookie_and_goes_to_the_choice(visitor: Portal) -> None:
    answer = visitor.post("/connexion", **WHO)
    assert answer.location == "/choix"
    (cookie,) = [c for c in answer.response.headers.getlist("Set-Cookie") if c.startswith(COOKIE)]
    assert cookie == f"{COOKIE}=session-neuve; Secure; HttpOnly; Path=/; SameSite=Lax"
    assert "jeton-court" not in str(answer.response.headers)


def test_aa19_a_cookie_set_before_login_is_ended_and_replaced(portal: Portal, services: FakeServices) -> None:
    answer = portal.post("/connexion", **WHO)
    assert services.called("POST /sessions/end")[0].json == {"session": "session-en-cours"}
    assert "session-neuve" in str(answer.response.headers)


@pytest.mark.parametrize(("status", "code"), [(401, "identifiants_incorrects"), (429, "trop_de_tentatives")])
def test_m1_m6_a_refusal_is_one_sentence_and_never_shows_the_password(
    visitor: Portal, services: FakeServices, status: int, code: str
) -> None:
    services.refuse("POST /sessions", status, code, M1, Retry_After="120")
    page = visitor.post("/connexion", status=status, **WHO)
    assert M1 in page.text
    assert ("Attendez 2 minutes." in page.text) is (status == 429)
    assert "Xyz12345!" not in page.response.text
    assert page.field("email") == WHO["email"]


def test_empty_fields_are_said_without_asking_identity(visitor: Portal, services: FakeServices) -> None:
    page = visitor.post("/connexion", status=422)
    assert "Saisissez votre adresse électronique." in page.text
    assert services.called("POST /sessions") == []


def test_login_returns_to_the_page_first_asked_for(visitor: Portal) -> None:
    login = visitor.get("/mon-compte", 302).location
    assert visitor.get(login).field("suite") == "/mon-compte"
    assert visitor.post("/connexion", suite="/mon-compte", **WHO).location == "/mon-compte"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\/evil", "javascript:1", "/ok\r\nX: y", ""],
)
def test_aa49_no_open_redirect(visitor: Portal, target: str) -> None:
    assert local_path(target) is None
    assert visitor.post("/connexion", suite=target, **WHO).location == "/choix"


def test_aa20_logout_ends_the_session_on_the_server_and_in_the_browser(portal: Portal, services: FakeServices) -> None:
    answer = portal.post("/deconnexion")
    assert answer.location == "/connexion"
    assert services.called("POST /sessions/end")[0].json == {"session": "session-en-cours"}
    (cookie,) = [c for c in answer.response.headers.getlist("Set-Cookie") if c.startswith(COOKIE)]
    assert "Max-Age=0" in cookie
    assert "Vous êtes déconnecté" in portal.get("/connexion").text


def test_a_dead_session_says_so_on_the_login_page(portal: Portal, services: FakeServices) -> None:
    services.refuse("POST /sessions/token", 401, "session_terminee", "")
    assert portal.get("/choix", 302).location == "/connexion?suite=/choix"
    assert "Votre session a expiré. Reconnectez-vous." in portal.get("/connexion").text


def test_htmx_is_told_to_leave_for_the_login_page(visitor: Portal) -> None:
    answer = visitor.client.get("/choix", base_url=BASE, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/connexion?suite=/choix")


def test_g57_m2_forgotten_password_answers_the_same_for_all(visitor: Portal, services: FakeServices) -> None:
    assert visitor.post("/mot-de-passe-oublie", email="inconnu@example.com").location == "/mot-de-passe-oublie/envoye"
    assert M2 in visitor.get("/mot-de-passe-oublie/envoye").text
    assert services.called("POST /password-resets")[0].json == {"email": "inconnu@example.com"}


@pytest.mark.parametrize("typed", ["zzz", "a@b", "a b@example.com"])
def test_g57_what_is_no_address_is_told_and_nothing_is_asked(
    visitor: Portal, services: FakeServices, typed: str
) -> None:
    page = visitor.post("/mot-de-passe-oublie", status=422, email=typed)
    assert words(page.one("small", id="email-erreur")) == "Adresse électronique invalide."
    assert page.field("email") == typed and not services.called("POST /password-resets")
