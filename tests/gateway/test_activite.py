"""« Activité du compte »: what was done in twelve months, in French words, what was refused too, older by key."""

from contracts.words.acts import LABELS, REFUSED
from tests.gateway.account_examples import ACTIVITY, OLDER
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

PAGE = "/mon-compte/activite"


def test_acts_are_said_in_words_with_their_place(portal: Portal) -> None:
    page = portal.get(PAGE)
    for text in ("Connexion refusée", "Firefox sur Windows", "203.0.113.x", "Compte désactivé", "le 23/11/2026 à 09"):
        assert text in page.text
    assert "authn_" not in page.text and PAGE in portal.get("/mon-compte").links()


def test_what_was_refused_is_marked(portal: Portal) -> None:
    refused = sum(one["act"] in REFUSED for one in ACTIVITY["items"])
    assert portal.get(PAGE).response.text.count("#ban") == refused == 1


def test_older_acts_are_reached_by_the_key_of_the_page(portal: Portal, services: FakeServices) -> None:
    assert f"{PAGE}?avant={OLDER}" in portal.get(PAGE).links()
    services.answers["GET /account/activity"] = (200, {**ACTIVITY, "next": None})
    page = portal.get(f"{PAGE}?avant={OLDER}")
    assert services.called("GET /account/activity")[-1].query == {"before": OLDER}
    assert PAGE in page.links() and "Plus anciennes" not in page.text


def test_an_address_that_is_no_key_shows_the_newest(portal: Portal, services: FakeServices) -> None:
    for key in ("", "demain", "0" * 40, "{01930000-0000-7000-8000-0000000060}"):
        portal.get(f"{PAGE}?avant={key}")
    assert {str(call.query) for call in services.called("GET /account/activity")} == {"{}"}


def test_an_act_of_a_newer_service_has_words_too(portal: Portal, services: FakeServices) -> None:
    odd = {**ACTIVITY["items"][0], "act": "user_teleported"}
    services.answers["GET /account/activity"] = (200, {"items": [odd], "next": None})
    assert "Autre action" in portal.get(PAGE).text and "user_teleported" not in portal.get(PAGE).text


def test_every_act_of_the_vocabulary_has_words_on_the_page(portal: Portal, services: FakeServices) -> None:
    every = [{**ACTIVITY["items"][0], "act": act} for act in LABELS]
    services.answers["GET /account/activity"] = (200, {"items": every, "next": None})
    text = portal.get(PAGE).text
    assert "Autre action" not in text
    assert [label for label in LABELS.values() if label.replace("'", "’") not in text.replace("'", "’")] == []


def test_nothing_yet_is_said(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /account/activity"] = (200, {"items": [], "next": None})
    assert "Aucune action" in portal.get(PAGE).text
