"""What a page showed is what its button decides on: the version travels, and a change in between is shown (AA52)."""

import pytest

from tests.gateway.examples import ACTIVE, ADHERENT, DELEGATIONS, MESSAGE, PENDING, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

OF = f"/adherents/{ADHERENT}/delegations"
ONE = f"{SPACE}/droits/{ACTIVE}"
INVITED = DELEGATIONS[4]
WHO = "Depuis l'affichage de la page, cette délégation a été modifiée par Luc Petit le 23/11/2026 à 10 h 02."
WHAT = "Mes documents : mise à jour (avant : consultation)."
AGAIN = "Rien n'a été enregistré. Vérifiez la situation actuelle, puis décidez de nouveau."
ACTS = [
    (f"/delegations/{PENDING}/confirmation", f"POST {OF}/{PENDING}/confirmation", {"decision": "confirmer"}),
    (f"/delegations/{PENDING}/confirmation", f"POST {OF}/{PENDING}/refusal", {"decision": "refuser"}),
    (f"{ONE}/fermer", f"POST {OF}/{ACTIVE}/closing", {"ends_on": "2026-11-23"}),
    (f"{ONE}/suspendre", f"POST {OF}/{ACTIVE}/suspension", {"until": "2026-12-01"}),
    (f"{ONE}/reprendre", f"POST {OF}/{ACTIVE}/resumption", {}),
    (f"{SPACE}/droits/{INVITED}/invitation", f"POST {OF}/{INVITED}/invitation", {}),
    (f"{ONE}/modifier", f"PUT {OF}/{ACTIVE}", {"starts_on": "16/04/2019", "ends_on": "31/12/2027", "colleges": "etam"}),
    (f"/mon-compte/messages/{MESSAGE}/consentement", f"POST /messages/{MESSAGE}/consent-withdrawal", {}),
]


@pytest.mark.parametrize(("page", "call", "fields"), ACTS)
def test_the_act_names_the_version_of_the_page(portal: Portal, services: FakeServices, page, call, fields) -> None:
    portal.post(page, version="2", **fields)
    assert [one.headers["If-Match"] for one in services.called(call)] == ['"2"']


@pytest.mark.parametrize("page", [f"/delegations/{PENDING}/confirmation", f"{ONE}/fermer", f"{ONE}/modifier"])
def test_the_form_carries_the_version_that_is_shown(portal: Portal, page: str) -> None:
    assert portal.get(page).field("version") == "3"


@pytest.mark.parametrize(("page", "call", "fields"), ACTS)
def test_a_change_in_between_is_shown_in_words(portal: Portal, services: FakeServices, page, call, fields) -> None:
    services.refuse(call, 412, "version_perimee", WHO, ("rights.mes_documents", WHAT))
    shown = portal.post(page, status=412, version="2", **fields)
    for text in (WHO, WHAT, AGAIN):
        assert text in shown.text


@pytest.mark.parametrize(("page", "call", "fields"), ACTS[:3])
def test_one_decides_again_on_what_is_now(portal: Portal, services: FakeServices, page, call, fields) -> None:
    services.refuse(call, 412, "version_perimee", WHO)
    shown = portal.post(page, status=412, version="2", **fields)
    assert shown.field("version") == "3"
    assert [b for b in shown.all("button") if b.get("name") == "decision" or "Fermer" in "".join(b.itertext())]


@pytest.mark.parametrize("typed", ["", "abc", "²", "-1", "99999999999"])
def test_a_version_that_nothing_has_decides_nothing(portal: Portal, services: FakeServices, typed: str) -> None:
    portal.post(f"/delegations/{PENDING}/confirmation", decision="confirmer", version=typed)
    (call,) = services.called(f"POST {OF}/{PENDING}/confirmation")
    assert call.headers["If-Match"] == '"0"'


def test_contact_details_that_changed_are_shown_as_they_are_now(portal: Portal, services: FakeServices) -> None:
    services.refuse("PUT /account/contact", 412, "version_perimee", "Ces informations ont été modifiées entre-temps.")
    typed = {"nom": "Autre", "prenom": "Paul", "version": "2", "pays_fixe": "+33", "pays_mobile": "+33"}
    page = portal.post("/mon-compte/contact", status=412, **typed)
    assert AGAIN in page.text
    assert (page.field("nom"), page.field("version")) == ("Durand", "4")
