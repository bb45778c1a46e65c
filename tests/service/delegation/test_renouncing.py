"""Whoever holds a delegation may give it up himself, with what it takes with it said before (G19, M7)."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from backbone.testing import Answer
from contracts.words.journal import Act
from services.delegation.storage.tables import journal
from tests.service.delegation.test_sub_delegation import FIRM, STAFF, Firm, firm  # noqa: F401  (a fixture)
from tests.service.delegation.world import TODAY, Company, World

CLAIRE = "comptable@example.com"


def mine(world: World, email: str = CLAIRE) -> list[dict[str, Any]]:
    answer = world.under.get("/v1/mandates", as_=world.account(email))
    assert answer.status == 200
    found: list[dict[str, Any]] = answer.json["items"]
    return found


def one(world: World, held: str, email: str = CLAIRE) -> Answer:
    return world.under.get(f"/v1/mandates/{held}", as_=world.account(email))


def renounce(world: World, held: str, email: str = CLAIRE, version: int | None = None) -> Answer:
    shown = version or one(world, held, email).json.get("version", 1)
    path = f"/v1/mandates/{held}/renunciation"
    return world.under.post(path, as_=world.account(email), headers={"If-Match": f'"{shown}"'})


def acts(world: World, held: str) -> list[str]:
    with world.under.engine.connect() as connection:
        found = sa.select(journal.c.act).where(sa.cast(journal.c.delegation_id, sa.String).is_not(None))
        rows = connection.execute(found.add_columns(journal.c.delegation_id).order_by(journal.c.sequence))
        return [row.act for row in rows if str(row.delegation_id) == held]


def test_mine_of_every_company_pending_coming_in_force_and_over_each_with_its_day(
    company: Company, world: World
) -> None:
    other = world.company(2)
    later = (TODAY + timedelta(days=8)).isoformat()
    waits = company.opened(starts_on=later)
    assert mine(world) == []  # nobody accepted it yet
    world.identify(waits, CLAIRE)
    coming = other.confirmed(starts_on=later)
    (first, second) = mine(world)
    assert (first["raison_sociale"], first["statut"], first["starts_on"]) == ("ENTREPRISE 1", "En attente", later)
    assert (second["raison_sociale"], second["statut"]) == ("ENTREPRISE 2", "À venir")
    assert second["statut_detail"] == "À partir du 01/12/2026"
    company.act(waits, "refusal")
    assert [(one["statut"], one["actions"]) for one in mine(world)] == [("À venir", ["renoncer"]), ("Inactif", [])]
    assert coming == mine(world)[0]["delegation_id"]


def test_a_user_who_administers_nothing_gives_it_up_now_and_both_sides_are_told(company: Company, world: World) -> None:
    held = company.confirmed()
    assert company.sites_of(world.account(CLAIRE)) == 1
    world.events()
    assert renounce(world, held).status == 204
    data = world.event("delegation.closed")
    assert (data["reason"], data["renounced"], data["author"]) == ("fermeture", True, "Claire Martin")
    assert [(one["email"], one["author"]) for one in data["told"]] == [("patron1@example.com", "Claire Martin")]
    assert company.sites_of(world.account(CLAIRE)) == 0
    assert acts(world, held)[-1] == Act.RENONCIATION
    assert renounce(world, held).json["code"] == "delegation_terminee"


def test_what_waits_for_the_company_can_be_given_up(company: Company, world: World) -> None:
    held = company.opened()
    world.identify(held, CLAIRE)
    assert renounce(world, held).status == 204
    assert company.act(held, "confirmation").json["code"] == "rien_a_confirmer"


def test_it_says_what_it_takes_and_takes_it(firm: Firm, world: World) -> None:  # noqa: F811
    firm.delegate()
    shown = one(world, firm.delegation, FIRM).json
    assert (shown["below"], shown["left_to_review"]) == (1, 0)
    world.events()
    assert renounce(world, firm.delegation, FIRM).status == 204
    told = {event.data["beneficiary"]["email"]: event.data for event in world.under.recorded()}
    assert (told[FIRM]["below"], told[FIRM]["renounced"]) == (1, True)
    assert "renounced" not in told[STAFF]  # he gave nothing up


def test_m7_the_last_administrator_cannot(company: Company, world: World) -> None:
    founder = str(company.founder_delegation)
    refused = renounce(world, founder, "patron1@example.com")
    assert (refused.status, refused.json["code"]) == (409, "dernier_administrateur")
    company.confirmed("adjoint@example.com", kind="collaborateur", administrator=True)
    assert renounce(world, founder, "patron1@example.com").status == 204


def test_an_administrator_who_closes_his_own_in_the_list_renounces_too(company: Company, world: World) -> None:
    held = company.confirmed("adjoint@example.com", kind="collaborateur", administrator=True)
    assert company.act(held, "closing", as_=world.account("adjoint@example.com")).status == 204
    assert acts(world, held)[-1] == Act.RENONCIATION


def test_aa22_another_ones_is_not_found_nor_given_up(company: Company, world: World) -> None:
    held = company.confirmed()
    for answer in (one(world, held, "autre@example.com"), renounce(world, held, "autre@example.com", 3)):
        assert (answer.status, answer.json["code"]) == (404, "introuvable")
    # Nor by who administers it: he closes it.
    assert renounce(world, held, "patron1@example.com", 3).status == 404


def test_aa52_what_changed_since_is_shown_first(company: Company, world: World) -> None:
    held = company.confirmed()
    seen = one(world, held).json["version"]
    company.change(held, ends_on="2026-12-31")
    answer = renounce(world, held, version=seen)
    assert answer.status == 412
    assert [error["message"] for error in answer.json["errors"]] == ["Date de fin : 31/12/2026 (avant : aucune)."]
