"""The line is cut after the commit: the page asks again with the key of its form, and tells what happened (C3)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from gateway.clients.problem import UNKNOWN
from tests.gateway.line import Cut
from tests.gateway.portal import Portal, words
from tests.service.delegation.world import READ, Company, World

SITE_OF = "/v1/sites"


def space_of(company: Company, world: World) -> str:
    """The address of the company's first site."""
    site = world.under.get(SITE_OF, as_=company.founder).json["items"][0]["site_id"]
    return f"/espace/{company.id}/{site}"


def opening(company: Company, world: World) -> tuple[str, dict[str, object]]:
    """The address and the fields of step 2 of « Déléguer des droits »."""
    fields = {"email": "comptable@example.com", "starts_on": "2026-11-23", "ends_on": "", "kind": "collaborateur"}
    rights = {f"droit_{code}": level for code, level in READ.items()}
    return f"{space_of(company, world)}/droits/nouvelle/etape-2", {
        **fields,
        **rights,
        "etape": "2",
        "colleges": "etam",
    }


def test_a_delegation_opened_before_the_cut_is_opened_once_and_told(
    portal: Portal, company: Company, world: World, line: Cut
) -> None:
    page, fields = opening(company, world)
    line.cuts = 1
    portal.post(page, cle=str(uuid4()), **fields)
    assert world.events() == ["delegation.opened"]
    assert "La délégation est enregistrée." in portal.get(page.replace("/nouvelle/etape-2", "")).text


def test_cut_twice_it_says_so_and_reloading_the_page_tells_the_truth(
    portal: Portal, company: Company, world: World, line: Cut
) -> None:
    page, fields = opening(company, world)
    key, line.cuts = str(uuid4()), 2
    assert UNKNOWN in portal.post(page, status=503, cle=key, **fields).text
    portal.post(page, cle=key, **fields)
    assert world.events() == ["delegation.opened"]


def test_a_confirmation_made_before_the_cut_is_not_told_as_somebody_elses(
    portal: Portal, company: Company, world: World, line: Cut
) -> None:
    delegation_id = company.opened()
    world.identify(delegation_id, "comptable@example.com")
    page = f"/delegations/{delegation_id}/confirmation"
    shown, line.cuts = portal.get(page).field("version"), 1
    portal.post(page, decision="confirmer", version=shown, cle=str(uuid4()))
    assert "La délégation est confirmée." in portal.get(page).text
    assert company.see(UUID(delegation_id)).json["statut"] == "Actif"


def test_a_reduction_between_the_page_and_confirmer_is_shown_and_decided_again(
    portal: Portal, company: Company, world: World
) -> None:
    firm = company.confirmed("cabinet@example.com", administrator=True)
    child = company.opened(as_=world.account("cabinet@example.com"))
    world.identify(child, "comptable@example.com")
    page = f"/delegations/{child}/confirmation"
    shown = portal.get(page).field("version")
    company.change(firm, ends_on="2026-12-31")
    again = portal.post(page, status=412, decision="confirmer", version=shown)
    assert "Date de fin : 31/12/2026 (avant : aucune)." in again.text
    assert company.see(child).json["statut"] == "En attente"
    portal.post(page, decision="confirmer", version=again.field("version"))
    assert company.see(child).json["statut"] == "Actif"


def pressed_twice(portal: Portal, page: str, **fields: str) -> None:
    """The form of `page` is sent twice: both go on to the same place, and both say the same."""
    key, told = str(uuid4()), []
    for _ in range(2):
        location = portal.post(page, cle=key, **fields).location
        notices = portal.get("/aide").all("p", class_="avis avis-succes", role="status")
        told.append((location, [words(notice) for notice in notices]))
    assert told[0] == told[1] and told[0][1], told


@pytest.mark.parametrize("decision", ["confirmer", "refuser"])
def test_a_decision_pressed_twice_is_taken_once(portal: Portal, company: Company, world: World, decision: str) -> None:
    delegation_id = company.opened()
    world.identify(delegation_id, "comptable@example.com")
    page = f"/delegations/{delegation_id}/confirmation"
    pressed_twice(portal, page, decision=decision, version=str(company.current(delegation_id)))


def test_a_change_pressed_twice_is_one_change_whatever_end_it_had(
    portal: Portal, company: Company, world: World
) -> None:
    delegation_id = company.confirmed("comptable@example.com")
    company.change(delegation_id, ends_on="2027-12-31")
    shown = str(company.current(delegation_id))
    page = f"{space_of(company, world)}/droits/{delegation_id}/modifier"
    fields = {"starts_on": "23/11/2026", "ends_on": "31/12/2027", "sans_fin": "1", "colleges": "etam"}
    rights = {f"droit_{code}": level for code, level in READ.items()}
    pressed_twice(portal, page, version=shown, **fields, **rights)
    assert company.see(delegation_id).json["ends_on"] is None
    assert company.current(delegation_id) == int(shown) + 1


@pytest.mark.parametrize("ends_on", ["23/11/2026", "31/12/2026"])
def test_a_closing_pressed_twice_is_one_closing(portal: Portal, company: Company, world: World, ends_on: str) -> None:
    delegation_id = company.confirmed("comptable@example.com")
    page = f"{space_of(company, world)}/droits/{delegation_id}/fermer"
    pressed_twice(portal, page, ends_on=ends_on, version=str(company.current(delegation_id)))


def test_a_new_link_asked_for_twice_by_one_form_is_one(portal: Portal, company: Company, world: World) -> None:
    delegation_id = company.opened()
    page = f"{space_of(company, world)}/droits/{delegation_id}/invitation"
    world.under.clock.advance(timedelta(days=1))
    pressed_twice(portal, page, version=str(company.current(delegation_id)))
