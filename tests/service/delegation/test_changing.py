"""Modification (G19, T7, AA28, AA52)."""

import pytest
import sqlalchemy as sa

from services.delegation.storage.tables import delegations
from tests.service.delegation.world import READ, Company, World

ADJOINT = "adjoint@example.com"


@pytest.fixture
def adjoint(company: Company, world: World):
    """A Responsable adjoint of the company."""
    company.confirmed(ADJOINT, kind="collaborateur", administrator=True, nom="Petit", prenom="Luc")
    world.events()
    return world.account(ADJOINT)


def test_new_rights_are_announced_and_in_force(company: Company, world: World) -> None:
    delegation_id = company.confirmed()
    world.events()
    rights = {"declarations_nominatives": "mise_a_jour"}
    assert company.change(delegation_id, rights=rights, colleges=["etam"]).status == 204
    data = world.event("delegation.changed")
    assert (data["rights"], data["colleges"]) == (rights, ["etam"])
    assert company.see(delegation_id).json["rights"] == rights


def test_a_change_needs_the_version_it_was_made_from(company: Company, world: World) -> None:
    delegation_id = company.confirmed()
    seen = company.see(delegation_id)
    assert seen.headers["ETag"] == f'"{seen.json["version"]}"'
    body = {"starts_on": "2026-11-23", "ends_on": None, "administrator": False, "colleges": ["etam"], "rights": READ}
    path = f"{company.path}/delegations/{delegation_id}"
    assert world.under.put(path, json=body, as_=company.founder).status == 428


def test_an_end_that_is_left_out_of_a_change_does_not_vanish(company: Company, world: World) -> None:
    delegation_id = company.confirmed(ends_on="2026-12-15")
    seen = company.see(delegation_id).json
    body = {name: seen[name] for name in ("starts_on", "administrator", "colleges", "rights")}
    headers = {"If-Match": f'"{seen["version"]}"'}
    path = f"{company.path}/delegations/{delegation_id}"
    for end in ({}, {"ends_on": ""}, {"ends_on": "2026-02-31"}):
        assert world.under.put(path, json=body | end, as_=company.founder, headers=headers).status == 422
    assert company.see(delegation_id).json["ends_on"] == "2026-12-15"
    assert company.change(delegation_id, ends_on=None).status == 204
    assert company.see(delegation_id).json["ends_on"] is None


def test_a_stale_version_is_412_and_says_who_and_when_aa52(company: Company, adjoint, world: World) -> None:
    delegation_id = company.confirmed()
    version = company.see(delegation_id).json["version"]
    assert company.change(delegation_id, colleges=["etam"], as_=adjoint).status == 204
    late = company.change(delegation_id, colleges=["cadres"], version=version)
    assert late.status == 412
    assert "par Luc Petit le 23/11/2026 à 10\u00a0h\u00a000" in late.json["detail"]
    assert company.see(delegation_id).json["colleges"] == ["etam"]


def test_a_pending_delegation_is_viewed_and_closed_only_t7(company: Company, world: World) -> None:
    delegation_id = company.opened()
    assert company.see(delegation_id).json["actions"] == ["voir", "fermer"]
    answer = company.change(delegation_id, colleges=["etam"])
    assert (answer.status, answer.json["code"]) == (409, "delegation_en_attente")
    world.identify(delegation_id, "comptable@example.com")
    assert company.change(delegation_id, colleges=["etam"]).status == 409
    assert company.see(delegation_id).json["actions"] == ["voir", "fermer", "confirmer"]
    assert company.act(delegation_id, "closing").status == 204


def test_nobody_edits_his_own_aa28(company: Company, adjoint, world: World) -> None:
    mine = world.scalar(sa.select(delegations.c.id).where(delegations.c.email == ADJOINT))
    assert company.change(mine, ends_on="2027-12-31", as_=adjoint).status == 403
    assert company.change(company.founder_delegation, ends_on="2027-12-31").status == 403


def test_nobody_below_touches_the_administrateur_entreprise_t8(company: Company, adjoint) -> None:
    assert company.see(company.founder_delegation, as_=adjoint).json["actions"] == ["voir"]
    assert company.change(company.founder_delegation, ends_on="2027-12-31", as_=adjoint).status == 403
    assert company.act(company.founder_delegation, "closing", as_=adjoint).status == 403


def test_an_administrator_without_cadres_does_not_grant_cadres_aa27(company: Company, adjoint, world: World) -> None:
    mine = sa.update(delegations).where(delegations.c.email == ADJOINT)
    world.execute(mine.values(colleges=["ouvriers", "etam"]))
    answer = company.ask(as_=adjoint)
    assert (answer.status, answer.json["code"]) == (403, "droit_non_possede")
    assert answer.json["detail"] == "Vous ne pouvez pas accorder un droit que vous ne possédez pas."
    assert company.ask(as_=adjoint, colleges=["etam"]).status == 201
    assert company.ask("b@example.com", as_=adjoint, administrator=True, colleges=[]).status == 201


def test_an_administrator_until_friday_grants_until_friday_c10(company: Company, world: World) -> None:
    company.confirmed(ADJOINT, kind="collaborateur", administrator=True, ends_on="2026-11-27")
    adjoint = world.account(ADJOINT)
    assert company.ask(as_=adjoint).json["errors"][0]["field"] == "ends_on"
    assert company.ask(as_=adjoint, ends_on="2026-11-28").status == 403
    assert company.ask(as_=adjoint, ends_on="2026-11-27").status == 201


def test_extending_into_another_delegation_of_the_pair_is_409(company: Company) -> None:
    first = company.confirmed(ends_on="2026-12-31")
    company.opened(starts_on="2027-01-01")
    assert company.change(first, ends_on="2027-01-15").status == 409
    assert company.change(first, ends_on="2026-12-15").status == 204


def test_an_end_in_the_past_is_a_closing_not_a_change(company: Company) -> None:
    delegation_id = company.confirmed(starts_on="2026-11-01")
    assert company.change(delegation_id, ends_on="2026-11-22").status == 422


def test_demoting_the_last_administrator_is_409_aa30(company: Company, adjoint, world: World) -> None:
    # The founder gave up his own: the adjoint is the last one.
    assert company.act(company.founder_delegation, "closing").status == 204
    second = company.opened(
        "second@example.com", as_=adjoint, kind="collaborateur", administrator=True, ends_on="2027-06-30"
    )
    world.identify(second, "second@example.com")
    assert company.act(second, "confirmation", as_=adjoint).status == 204
    mine = world.scalar(sa.select(delegations.c.id).where(delegations.c.email == ADJOINT))
    demoted = company.change(
        mine, as_=world.account("second@example.com"), administrator=False, rights=READ, ends_on="2027-06-30"
    )
    assert (demoted.status, demoted.json["detail"]) == (409, "Au moins un administrateur doit rester actif.")


def test_what_a_gone_administrator_granted_survives_him_and_is_to_review_c10(
    company: Company, adjoint, world: World
) -> None:
    granted = company.opened(as_=adjoint)
    account = world.identify(granted, "comptable@example.com")
    company.act(granted, "confirmation")
    mine = world.scalar(sa.select(delegations.c.id).where(delegations.c.email == ADJOINT))
    assert company.act(mine, "closing").status == 204
    assert company.sites_of(account) == 1
    lines = {one["email"]: one["a_revoir"] for one in company.list().json["items"]}
    assert [email for email, to_review in lines.items() if to_review] == ["comptable@example.com"]
    assert company.see(granted).json["a_revoir"] is True
    assert [one["email"] for one in company.list("a_revoir=true").json["items"]] == ["comptable@example.com"]
    assert company.change(granted).status == 204  # kept as it is: validated again, it is his who validated it
    assert company.see(granted).json["a_revoir"] is False
    assert company.list("a_revoir=true").json["total"] == 0 and company.list("a_revoir=").json["total"] == 3
