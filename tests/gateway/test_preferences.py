"""« Mes préférences » and the link of a mail that stops it (G48, G78, RFC 8058)."""

import pytest

from tests.gateway.examples import ACCOUNT, ADHERENT, SITE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

PAGE = f"/mon-compte/preferences?espace={SITE}"
LINK = f"/lien/preferences/{'A' * 44}"
WISHES = {"alertes_dsn": "hebdomadaire", "avis_documents": "jamais", "nouvelles_caisse": "chaque_fois"}
HTTPS = "https://espace.example.com"


def ticked(page: object) -> dict[str, str]:
    boxes = page.all("input", type="radio")  # type: ignore[attr-defined]
    return {box.get("name"): box.get("value") for box in boxes if "checked" in box.attrib}


def test_it_shows_what_holds_for_the_company_it_was_opened_from(portal: Portal, services: FakeServices) -> None:
    page = portal.get(PAGE)
    assert ticked(page) == {"alertes_dsn": "quotidien", "avis_documents": "chaque_fois", "nouvelles_caisse": "jamais"}
    assert "ENTREPRISE DURAND" in page.text and "ils ne se règlent pas" in page.text
    assert services.called("GET /preferences")[0].query == {"adherent_id": ADHERENT}


def test_the_consent_of_the_opening_holds_until_something_was_chosen(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /account"] = (200, {**ACCOUNT, "newsletter": True})
    assert ticked(portal.get(PAGE))["nouvelles_caisse"] == "chaque_fois"


@pytest.mark.parametrize(
    ("path", "more", "named"),
    [(PAGE, {}, ADHERENT), (PAGE, {"toutes": "1"}, None), ("/mon-compte/preferences", {}, None)],
)
def test_they_are_kept_for_that_company_or_for_all(
    portal: Portal, services: FakeServices, path: str, more: dict[str, str], named: str | None
) -> None:
    assert portal.post(path, **WISHES, **more).location.startswith("/mon-compte/preferences")
    (call,) = services.called("PUT /preferences")
    assert (call.json, call.query) == (WISHES, {"adherent_id": named} if named else {})


def test_what_is_no_answer_is_said_beside_its_question(portal: Portal, services: FakeServices) -> None:
    page = portal.post(PAGE, status=422, **{**WISHES, "alertes_dsn": ""})
    assert page.one("small", id="alertes_dsn-erreur").text == "Choisissez une réponse."
    assert not services.called("PUT /preferences")


def test_opening_the_link_of_the_mail_changes_nothing_and_the_button_does(
    visitor: Portal, services: FakeServices
) -> None:
    page = visitor.get(LINK)
    assert "le récapitulatif des alertes DSN" in page.text and not services.called("POST /preferences/stops")
    assert "C'est fait" in visitor.post(LINK, status=200).text
    assert services.called("POST /preferences/stops")[0].json == {"token": "A" * 44}


def test_a_mail_server_stops_it_by_one_post_without_form_or_cookie(visitor: Portal, services: FakeServices) -> None:
    for _ in range(2):  # as often as it likes
        told = visitor.client.post(LINK, data={"List-Unsubscribe": "One-Click"}, base_url=HTTPS)
        assert told.status_code == 200 and "C'est fait" in told.text
    assert len(services.called("POST /preferences/stops")) == 2


def test_the_button_is_not_taken_for_another_site_s(visitor: Portal) -> None:
    policy = visitor.client.get(LINK, base_url=HTTPS).headers["Referrer-Policy"]
    assert (
        policy == "same-origin"
    )  # no-referrer makes a browser say « Origin: null » with our own form, which is refused
    sent = visitor.client.post(LINK, base_url=HTTPS, headers={"Origin": HTTPS, "Sec-Fetch-Site": "same-origin"})
    foreign = visitor.client.post(LINK, base_url=HTTPS, headers={"Origin": "https://ailleurs.example.net"})
    assert (sent.status_code, foreign.status_code) == (200, 403)


def test_a_link_that_is_none_of_ours_says_where_to_go(visitor: Portal, services: FakeServices) -> None:
    services.refuse("POST /preferences/stops/lookup", 410, "lien_inconnu", "Ce lien n'est plus valable.")
    assert "Ce lien n'est plus valable" in visitor.get(LINK, 410).text
    assert visitor.client.post(LINK, base_url=HTTPS).status_code == 410
    assert not services.called("POST /preferences/stops")


def test_another_form_is_still_asked_for_its_token(portal: Portal, services: FakeServices) -> None:
    assert portal.client.post(PAGE, data=WISHES, base_url=HTTPS).status_code == 403
    assert not services.called("PUT /preferences")
