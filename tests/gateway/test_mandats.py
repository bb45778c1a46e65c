"""« Mes délégations »: all that one was delegated, and giving one up with what it takes with it (G19, M7)."""

import pytest

from tests.gateway.examples import ACTIVE, DELEGATIONS
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

MINE = "/mon-compte/delegations"
OF = f"/mandates/{ACTIVE}"


def test_each_with_its_company_its_status_and_its_days(portal: Portal) -> None:
    text = portal.get(MINE).text
    for said in ("ENTREPRISE DURAND", "À partir du 01/12/2026", "Attend la confirmation de l'administrateur"):
        assert said in text
    assert f"{MINE}/{ACTIVE}/renoncer" in portal.get(MINE).links()
    assert MINE in portal.get("/mon-compte").links()  # a tab of the account


def test_one_shows_its_rights(portal: Portal) -> None:
    text = portal.get(f"{MINE}/{ACTIVE}").text
    assert "Droits d'accès" in text and "Par Paul Durand" not in text and "par Paul Durand" in text


def test_renouncing_says_what_it_takes_before_the_button(portal: Portal, services: FakeServices) -> None:
    status, held = services.answers[f"GET {OF}"]
    services.answers[f"GET {OF}"] = (status, {**held, "below": 3, "left_to_review": 2})
    text = portal.get(f"{MINE}/{ACTIVE}/renoncer").text
    taken, left = text.index("3 délégations accordées sous celle-ci sont fermées avec elle"), text.index("À revoir")
    assert max(taken, left) < text.rindex("Renoncer à cette délégation")


def test_it_is_given_up_as_it_was_shown(portal: Portal, services: FakeServices) -> None:
    shown = portal.post(f"{MINE}/{ACTIVE}/renoncer", version="3")
    assert shown.location == MINE
    (call,) = services.called(f"POST {OF}/renunciation")
    assert call.headers["If-Match"] == '"3"'
    assert "Vous avez renoncé à cette délégation." in portal.get(MINE).text


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (409, "dernier_administrateur", "Au moins un administrateur doit rester actif."),
        (412, "version_perimee", "Depuis l'affichage de la page, cette délégation a été modifiée."),
    ],
)
def test_a_refusal_is_said_on_the_page(
    portal: Portal, services: FakeServices, status: int, code: str, sentence: str
) -> None:
    services.refuse(f"POST {OF}/renunciation", status, code, sentence)
    assert sentence in portal.post(f"{MINE}/{ACTIVE}/renoncer", status=status, version="3").text


def test_what_is_over_is_not_given_up_again(portal: Portal, services: FakeServices) -> None:
    status, held = services.answers[f"GET {OF}"]
    services.answers[f"GET {OF}"] = (status, {**held, "statut": "Inactif", "actions": []})
    page = portal.get(f"{MINE}/{ACTIVE}/renoncer")
    assert "Cette délégation est terminée" in page.text and page.all("form", method="post")[1:] == []


def test_another_ones_is_not_found(portal: Portal) -> None:
    assert "Page ou élément introuvable." in portal.get(f"{MINE}/{DELEGATIONS[4]}", 404).text
