"""The choice of a site déclarant (G58–G61, AA22–AA25, AA33, AA48)."""

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from contracts.events.identity import SESSION_REVOKED
from contracts.words.functions import FUNCTIONS
from services.delegation.storage.tables import adherents, delegations
from tests.service.delegation.world import READ, Company, World, line


@pytest.fixture
def firm(world: World):
    """The account of a firm that three companies delegated to."""
    world.send(
        line(1, 1, raison_sociale="ÉTABLISSEMENTS ZÉLIE", site_nom="Siège"),
        line(1, 2, raison_sociale="ÉTABLISSEMENTS ZÉLIE", site_nom="Atelier"),
        line(2, 1, raison_sociale="Bâtir 100%", site_nom="Dépôt"),
        line(3, 1, raison_sociale="ABEL", site_nom="Chantier"),
    )
    for number in (1, 2, 3):
        identified(world, number).confirmed()
    return world.account("comptable@example.com")


def identified(world: World, number: int) -> Company:
    """An adhérent already imported, its founder identified."""
    adherent_id = world.scalar(sa.select(adherents.c.id).where(adherents.c.identifiant == f"04{number:05}"))
    founder_id = world.scalar(sa.select(delegations.c.id).where(delegations.c.adherent_id == adherent_id))
    return Company(world, adherent_id, world.identify(founder_id, f"patron{number}@example.com"), founder_id)


def names(world: World, account: object, query: str = "") -> list[str]:
    """The site names of the page."""
    return [one["nom"] for one in world.under.get(f"/v1/sites?{query}", as_=account).json["items"]]


def test_sorted_by_raison_sociale_whatever_the_accents_g61(world: World, firm) -> None:
    assert names(world, firm) == ["Chantier", "Dépôt", "Siège", "Atelier"]
    assert names(world, firm, "sort=-nom") == ["Siège", "Dépôt", "Chantier", "Atelier"]


SEARCHES = [
    ("zelie", ["Siège", "Atelier"]),
    ("ZÉLIE siege", ["Siège"]),
    ("0400002", ["Dépôt"]),
    ("10000003", ["Chantier"]),
    ("100%25", ["Dépôt"]),
    ("absent", []),
    ("", ["Chantier", "Dépôt", "Siège", "Atelier"]),
]


def test_search_on_raison_sociale_siret_name_and_identifiant(world: World, firm) -> None:
    for search, expected in SEARCHES:
        assert names(world, firm, f"search={search}") == expected, search


def test_pages_are_cut_by_the_server(world: World, firm) -> None:
    page = world.under.get("/v1/sites?page=2&page_size=3", as_=firm).json
    assert (len(page["items"]), page["total"], page["page"]) == (1, 4, 2)


def test_what_is_not_offered_is_422_aa48(company: Company, world: World) -> None:
    for query in ("sort=nom;drop", "sort=needle", "page_size=0", "page=x"):
        assert world.under.get(f"/v1/sites?{query}", as_=company.founder).status == 422


def test_a_site_says_what_may_be_done_there_aa25(world: World, firm) -> None:
    site = world.under.get("/v1/sites", as_=firm).json["items"][0]
    choice = world.under.get(f"/v1/sites/{site['site_id']}", as_=firm).json
    assert choice["adherent"]["raison_sociale"] == "ABEL"
    assert (choice["access"]["rights"], choice["access"]["role"]) == (READ, "Utilisateur")


def test_a_site_says_whether_there_are_others_to_enter_g67(world: World, firm) -> None:
    for account, others in ((firm, True), (world.company(9).founder, False)):
        site = world.under.get("/v1/sites", as_=account).json["items"][0]["site_id"]
        assert world.under.get(f"/v1/sites/{site}", as_=account).json["has_others"] is others


def test_the_founder_has_every_function_in_update_g5(company: Company, world: World) -> None:
    site = world.under.get("/v1/sites", as_=company.founder).json["items"][0]
    access = world.under.get(f"/v1/sites/{site['site_id']}", as_=company.founder).json["access"]
    assert access["rights"] == dict.fromkeys(FUNCTIONS, "mise_a_jour")
    assert (access["role"], access["kind"], access["administrator"]) == ("Administrateur", "fondateur", True)


def test_a_foreign_site_is_unknown_aa23(world: World, firm) -> None:
    stranger = world.company(9)
    site = world.under.get("/v1/sites", as_=stranger.founder).json["items"][0]["site_id"]
    foreign = world.under.get(f"/v1/sites/{site}", as_=firm)
    unknown = world.under.get(f"/v1/sites/{new_id()}", as_=firm)
    assert (foreign.status, foreign.json["detail"]) == (404, "Page ou élément introuvable.")
    assert {**foreign.json, "instance": ""} == {**unknown.json, "instance": ""}


def test_a_new_site_and_a_new_name_reach_the_list_of_who_has_access(company: Company, world: World) -> None:
    world.send(line(1, 2, raison_sociale="NOUVEAU NOM"))
    items = world.under.get("/v1/sites?search=nouveau", as_=company.founder).json["items"]
    assert [one["nom"] for one in items] == ["Site 1", "Site 2"]


def test_a_revoked_session_is_refused_before_its_token_expires(company: Company, world: World) -> None:
    assert world.under.get("/v1/sites", as_=company.founder).status == 200
    session = world.under.sessions[company.founder]
    revoked = {"session_id": session, "account_id": company.founder, "revoked_at": world.under.clock.now()}
    world.under.deliver(SESSION_REVOKED, revoked)
    assert world.under.get("/v1/sites", as_=company.founder).status == 401
