"""« Mes sessions »: where, since when, which one this is; ending one and ending all the others."""

from tests.gateway.account_examples import SESSIONS
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

PAGE = "/mon-compte/sessions"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0"


def test_each_session_says_where_since_when_and_which_is_this_one(portal: Portal) -> None:
    page = portal.get(PAGE)
    for text in ("Firefox sur Windows", "203.0.113.x", "Safari sur iPhone", "Navigateur inconnu", "le 23/11/2026 à 08"):
        assert text in page.text
    assert page.text.count("Cette session") == 1
    assert "/mon-compte/sessions" in portal.get("/mon-compte").links()


def test_one_is_ended(portal: Portal, services: FakeServices) -> None:
    reference = SESSIONS[1]["session_id"]
    assert portal.post(f"{PAGE}/{reference}/fin").location == PAGE
    assert services.called(f"POST /account/sessions/{reference}/end")
    assert "La session est fermée." in portal.get(PAGE).text


def test_all_the_others_are_ended(portal: Portal, services: FakeServices) -> None:
    assert portal.post(f"{PAGE}/fin").location == PAGE
    assert services.called("POST /account/sessions/end-others")
    assert "Vos autres sessions sont fermées." in portal.get(PAGE).text


def test_who_has_one_session_has_no_other_to_end(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /account/sessions"] = (200, {"items": SESSIONS[:1], "page": 1, "page_size": 25, "total": 1})
    assert "Fermer" not in portal.get(PAGE).text


def test_the_id_that_opens_a_session_is_in_no_page(portal: Portal) -> None:
    assert "session-en-cours" not in portal.get(PAGE).text


def test_services_are_told_which_browser_acts_and_nothing_that_a_header_cannot_hold(
    portal: Portal, services: FakeServices
) -> None:
    told = []
    for said in (FIREFOX, f"{FIREFOX} \xe9\xe9", "F" * 4000):
        portal.client.get(PAGE, base_url="https://espace.example.com", headers={"User-Agent": said})
        told.append(services.called("GET /account/sessions")[-1].headers["User-Agent"])
    assert told == [FIREFOX, FIREFOX, "F" * 400]
