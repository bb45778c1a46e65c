"""« Revue des droits d'accès »: one form for many, refusals beside their row, and how one is led to it."""

from typing import Any

import pytest

from tests.gateway.examples import ADHERENT, DELEGATIONS, HOME, SITE, SPACE, page, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, Shown, words
from tests.gateway.review_examples import review_line

PAGE = f"{SPACE}/droits/revue"
ASKED = f"GET /adherents/{ADHERENT}/review"
SENT = f"POST /adherents/{ADHERENT}/review"
LEFT, OLD = DELEGATIONS[1], DELEGATIONS[2]
USED = {"declarations_nominatives": "2026-11-12", "nous_contacter": "2026-11-20"}
LINES = [
    review_line(
        LEFT,
        "Lefèvre",
        "Anne",
        due="depart",
        used={"declarations_nominatives": "2026-11-12", "nous_contacter": "2026-11-20"},
    ),
    review_line(OLD, "Petit", "Luc", version=5, reviewed_at="2026-05-01T08:00:00+00:00", reviewed_by="Paul Durand"),
]


@pytest.fixture
def shown(portal: Portal, services: FakeServices) -> Shown:
    services.answers[ASKED] = (200, page(LINES, 10))
    return portal.get(PAGE)


def beside(shown: Shown, id: str) -> str:
    """What a person reads of one delegation."""
    return words(shown.one("fieldset", id=f"choix_{id}"))


def filled(*choices: tuple[str, str], **more: str) -> dict[str, Any]:
    """The form as a browser sends it."""
    hidden = {f"version_{one['delegation_id']}": str(one["version"]) for one in LINES}
    return {**hidden, **{f"choix_{id}": choice for id, choice in choices}, **more}


def test_each_delegation_says_what_it_gives_and_when_it_was_last_used(shown: Shown) -> None:
    text = beside(shown, LEFT)
    assert "À revoir La personne qui avait accordé ces droits n'est plus administrateur." in text
    assert "Dernière utilisation d'un droit : le 12/11/2026." in text
    assert "Mes déclarations nominatives 12/11/2026" in text and "Mes documents Aucune connue" in text
    assert "« Nous contacter » utilisé pour la dernière fois le 20/11/2026." in text
    assert "Nous contacter" not in beside(shown, OLD)
    assert "Revue le 01/05/2026 à 10 h 00 par Paul Durand." in beside(shown, OLD)
    levels = shown.one("select", name=f"droit_{LEFT}_mes_documents")
    assert [words(one) for one in levels] == ["Aucun droit", "Consultation (actuel)"], "never more than there is"
    assert not [one for one in shown.all("input", type="radio") if one.get("checked") is not None]


def test_one_form_sends_every_answer_at_once(shown: Shown, portal: Portal, services: FakeServices) -> None:
    services.answers[SENT] = (204, None)
    less = {f"droit_{OLD}_declarations_nominatives": "consultation", f"droit_{OLD}_mes_documents": ""}
    after = portal.post(PAGE, **filled((LEFT, "garder"), (OLD, "reduire"), **less))
    assert after.location == f"{PAGE}?page=1"
    first, second = services.called(SENT)[0].json["answers"]
    assert (first["delegation_id"], first["answer"], first["version"]) == (LEFT, "garder", 3)
    assert (second["answer"], second["version"]) == ("reduire", 5)
    assert second["rights"] == {"declarations_nominatives": "consultation"}


def test_a_refusal_stands_beside_its_delegation_and_nothing_typed_is_lost(
    shown: Shown, portal: Portal, services: FakeServices
) -> None:
    why = "Au moins un administrateur doit rester actif."
    services.refuse(SENT, 409, "revue_refusee", "Rien n'a été enregistré.", (LEFT, why))
    again = portal.post(PAGE, 409, **filled((LEFT, "fermer"), (OLD, "garder")))
    assert why in beside(again, LEFT) and why not in beside(again, OLD)
    assert "Rien n'a été enregistré." in again.text
    assert f"#choix_{LEFT}" in again.links()
    ticked = [one.get("value") for one in again.all("input", type="radio") if one.get("checked") is not None]
    assert ticked == ["fermer", "garder"]


def test_no_answer_is_said_and_asks_no_service(shown: Shown, portal: Portal, services: FakeServices) -> None:
    again = portal.post(PAGE, 422, **filled())
    assert "pour au moins une délégation" in again.text
    assert not services.called(SENT)


def test_it_is_for_administrators(shown: Shown, portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SITE}"] = (200, tier(administrator=False))
    portal.get(PAGE, 403)


def test_the_home_page_and_the_list_lead_to_it(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SITE}/home"] = (200, {**tier(), **HOME, "to_review": 12})
    home = portal.get(f"{SPACE}/")
    assert "12 délégations sont à revoir" in home.text
    assert f"{PAGE}?a_revoir=1" in home.links()
    assert PAGE in portal.get(f"{SPACE}/droits").links()
