"""Both sides are named in what is announced of an act: exactly those concerned, and the names they may read (K10)."""

from typing import Any

import pytest

from contracts.words.changes import SOMEBODY, Cause
from tests.service.delegation.test_sub_delegation import FIRM, STAFF, Firm, firm  # noqa: F401  (a fixture)
from tests.service.delegation.world import READ, Company, World

FOUNDER, SECOND = "patron1@example.com", "adjoint@example.com"
NAMED = "Claire Martin"  # the founder


@pytest.fixture
def second(company: Company, world: World) -> Any:
    """Another administrator of the company."""
    company.confirmed(SECOND, kind="collaborateur", administrator=True, nom="Petit", prenom="Luc")
    world.events()
    return world.account(SECOND)


def readers(told: Any) -> dict[str, str]:
    """Whom an event names, and what each reads as the author."""
    assert len({one["email"] for one in told}) == len(told)
    return {one["email"]: one["author"] for one in told}


@pytest.mark.parametrize("what", ["confirmation", "refusal"])
def test_the_others_are_told_of_an_answer_not_who_gave_it(
    company: Company, world: World, second: Any, what: str
) -> None:
    asked = company.opened()
    world.identify(asked, FIRM)
    world.events()
    assert company.act(asked, what, as_=second).status == 204
    data = world.event({"confirmation": "delegation.confirmed", "refusal": "delegation.refused"}[what])
    assert readers(data["told"]) == {FOUNDER: "Luc Petit"}
    assert data["author"] == SOMEBODY  # its beneficiary is of the firm


def test_a_change_says_what_was_and_names_both_sides(company: Company, world: World, second: Any) -> None:
    held = company.confirmed(rights={"mes_documents": "mise_a_jour"})
    world.events()
    assert company.change(held, rights=READ, ends_on="2026-12-31").status == 204
    data = world.event("delegation.changed")
    assert (data["before"]["rights"], data["before"]["ends_on"]) == ({"mes_documents": "mise_a_jour"}, None)
    assert (data["cause"], data["below"], readers(data["told"])) == (Cause.MODIFICATION, 0, {SECOND: NAMED})


def test_a_colleague_reads_who_changed_his(company: Company, world: World) -> None:
    held = company.confirmed("salarie@example.com", kind="collaborateur")
    world.events()
    company.change(held, colleges=["etam"])
    assert world.event("delegation.changed")["author"] == NAMED


def test_what_is_clipped_with_the_firms_is_told_to_its_beneficiary_and_counted_to_the_others_c10(
    firm: Firm,  # noqa: F811
    world: World,
    second: Any,
) -> None:
    child = firm.delegate(rights={"mes_documents": "mise_a_jour"})
    world.events()
    firm.company.change(firm.delegation, administrator=False, rights=READ, as_=second)
    told = {str(event.data["delegation_id"]): event.data for event in world.under.recorded()}
    above, below = told[firm.delegation], told[child]
    assert (readers(above["told"]), above["below"], above["author"]) == ({FOUNDER: "Luc Petit"}, 1, SOMEBODY)
    assert (below["cause"], below["told"], below["author"]) == (Cause.DELEGATION_MERE, [], SOMEBODY)
    assert below["before"]["rights"] == {"mes_documents": "mise_a_jour"}


def test_the_firms_act_is_told_to_the_company_by_name(firm: Firm, world: World) -> None:  # noqa: F811
    child = firm.delegate()
    world.events()
    firm.company.act(child, "closing", as_=firm.account)
    data = world.event("delegation.closed")
    assert (readers(data["told"]), data["author"]) == ({FOUNDER: "Claire Martin"}, "Claire Martin")


def test_the_firm_is_told_what_the_company_did_with_its_staff_but_no_name_k10(firm: Firm, world: World) -> None:  # noqa: F811
    child = firm.delegate()
    world.events()
    firm.company.act(child, "closing")
    assert readers(world.event("delegation.closed")["told"]) == {FIRM: SOMEBODY}


def test_what_closes_with_the_firms_is_told_to_its_people_and_counted_to_the_others(
    firm: Firm,  # noqa: F811
    world: World,
    second: Any,
) -> None:
    child = firm.delegate()
    world.events()
    firm.company.act(firm.delegation, "closing")
    told = {str(event.data["delegation_id"]): event.data for event in world.under.recorded()}
    assert (readers(told[firm.delegation]["told"]), told[firm.delegation]["below"]) == ({SECOND: NAMED}, 1)
    assert (told[child]["told"], told[child]["beneficiary"]["email"]) == ([], STAFF)


def test_who_closes_his_own_is_not_told_but_the_others_are(company: Company, world: World, second: Any) -> None:
    mine = [one for one in company.list().json["items"] if one["email"] == SECOND][0]["delegation_id"]
    assert company.act(mine, "closing", as_=second).status == 204
    assert readers(world.event("delegation.closed")["told"]) == {FOUNDER: "Luc Petit"}
