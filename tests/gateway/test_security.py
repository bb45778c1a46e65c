"""What every request proves and every call to a service carries (AA21, C7, ASVS 3.5)."""

import pytest

from tests.gateway.examples import SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal

CLOSING = f"{SPACE}/droits/01930000-0000-7000-8000-0000000000d2/fermer"


def changes(services: FakeServices) -> list[str]:
    return [call.path for call in services.calls if call.method != "GET" and "sessions" not in call.path]


def test_aa21_a_post_without_token_is_refused(portal: Portal, services: FakeServices) -> None:
    page = portal.post(CLOSING, status=403, token="")
    assert "rechargez-la et recommencez" in page.text
    assert changes(services) == []


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_aa21_a_post_from_elsewhere_is_refused(portal: Portal, services: FakeServices, headers: dict[str, str]) -> None:
    assert "Vous n'avez pas accès à cette fonctionnalité." in portal.post(CLOSING, status=403, headers=headers).text
    assert changes(services) == []


def test_services_get_the_browser_s_address_the_request_id_and_the_short_token(
    portal: Portal, services: FakeServices
) -> None:
    sent = {"X-Forwarded-For": "203.0.113.9", "X-Request-ID": "requete-12345"}
    answer = portal.client.get("/mon-compte", base_url=BASE, headers=sent)
    call = services.called("GET /account")[0]
    assert call.headers["X-Forwarded-For"] == "203.0.113.9"
    assert call.headers["X-Request-ID"] == answer.headers["X-Request-ID"] == "requete-12345"
    assert call.headers["Authorization"] == "Bearer jeton-court"


def test_a_forged_request_id_is_replaced(portal: Portal) -> None:
    answer = portal.client.get("/aide", base_url=BASE, headers={"X-Request-ID": "<script>"})
    assert "<" not in answer.headers["X-Request-ID"]


def test_the_session_and_the_token_never_reach_a_page(portal: Portal) -> None:
    body = portal.get(f"{SPACE}/").response.text
    assert "session-en-cours" not in body
    assert "jeton-court" not in body


def test_aa46_names_are_text_in_pages(portal: Portal, services: FakeServices) -> None:
    status, tier = services.answers[f"GET /sites/{SPACE.rsplit('/', 1)[1]}"]
    attack = "<img src=x onerror=alert(1)>"
    services.answers[f"GET /sites/{tier['site_id']}"] = (status, {**tier, "raison_sociale": attack})
    page = portal.get(f"{SPACE}/")
    assert attack in page.text
    assert page.all("img", src="x") == []


def test_an_unexpected_failure_shows_a_reference_and_nothing_of_ours(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /account"] = lambda query: 1 / 0
    page = portal.get("/mon-compte", 500)
    assert "Une erreur inattendue s'est produite." in page.text
    assert page.response.headers["X-Request-ID"] in page.text
    assert "ZeroDivision" not in page.text


def test_an_answer_that_breaks_its_contract_is_a_503(portal: Portal, services: FakeServices) -> None:
    services.breaks("GET /account", 200, {"email": "seulement"})
    assert "Service momentanément indisponible." in portal.get("/mon-compte", 503).text


@pytest.mark.parametrize("path", ["/rien", "/espace/x/y/", "/static/rien.css", "/espace/%00/"])
def test_m5_an_unknown_page(portal: Portal, path: str) -> None:
    assert "Page ou élément introuvable." in portal.get(path, 404).text


def test_static_files_are_ours_and_kept(visitor: Portal) -> None:
    page = visitor.get("/connexion")
    links = [e for e in page.all("link") if e.get("rel") != "expect"]  # that one waits for the end of the page
    for address in {e.get("href", "") for e in links} | {e.get("src", "") for e in page.all("script")}:
        assert address.startswith(("/static/", "/style.css?v=", "/script.js?v="))
        assert "immutable" in visitor.client.get(address, base_url=BASE).headers["Cache-Control"]
