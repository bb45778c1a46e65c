"""One live delegation for an adhérent and a person on any day: by account as soon as one is known (K2, AA29)."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from services.delegation.storage.tables import delegations
from tests.service.delegation.world import Company, World, line

FIRST, SECOND = "c.martin@example.com", "claire@example.com"


@pytest.fixture
def moved(company: Company, world: World) -> Company:
    """A company whose accountant, confirmed at FIRST, logs in with SECOND since."""
    company.confirmed(FIRST)
    world.rename(FIRST, sequence=2)
    world.move(FIRST, SECOND, sequence=3)
    world.events()
    return company


def live(company: Company) -> int:
    """How many live delegations the person has there, as the administrator counts them."""
    items = company.list("page_size=50&exclure_inactifs=1").json["items"]
    return sum(one["email"] in (FIRST, SECOND) for one in items)


def test_the_present_address_is_refused_with_its_days(moved: Company) -> None:
    refused = moved.ask(SECOND)
    assert (refused.status, refused.json["code"]) == (409, "delegation_existante")
    assert "à partir du 23/11/2026" in refused.json["detail"]


def test_by_a_former_address_one_person_never_gets_a_second_live_delegation(moved: Company, world: World) -> None:
    again = moved.opened(FIRST)
    world.events()
    world.identify(again, FIRST)
    told = world.event("delegation.closed")
    assert (told["reason"], told["beneficiary"]["account_id"]) == ("personne_en_double", None)
    assert [one["email"] for one in told["administrators"]] == ["patron1@example.com"]
    assert moved.see(again).json["statut_detail"] == "Fermée le 23/11/2026"
    assert live(moved) == 1


def test_the_end_is_in_the_journal(moved: Company, world: World) -> None:
    again = moved.opened(FIRST)
    world.identify(again, FIRST)
    entries = world.under.get(f"{moved.path}/delegations/{again}/journal", as_=moved.founder).json["items"]
    assert [(one["act"], one["author"]) for one in entries][1:] == [
        ("personne_en_double", "Le bénéficiaire a déjà une délégation")
    ]


def test_on_other_days_the_same_person_may_have_another(company: Company, world: World) -> None:
    company.confirmed(FIRST, ends_on="2026-11-30")
    world.rename(FIRST, sequence=2)
    world.move(FIRST, SECOND, sequence=3)
    later = company.opened(SECOND, starts_on="2026-12-01")
    world.identify(later, SECOND)
    assert company.act(later, "confirmation").status == 204


def test_two_that_are_identified_one_after_the_other_are_one(company: Company, world: World) -> None:
    world.accounts[SECOND] = world.account(FIRST)
    first, second = company.opened(FIRST), company.opened(SECOND)
    world.identify(first, FIRST)
    assert company.act(first, "confirmation").status == 204
    world.events()
    world.identify(second, SECOND)
    assert [one for one in world.events() if one != "delegation.readdressed"] == ["delegation.closed"]
    assert company.see(second).json["statut"] == "Inactif"


@pytest.mark.parametrize("told_first", ["identified", "moved"])
def test_whichever_event_comes_first_whom_the_caisse_names_is_in(
    company: Company, world: World, told_first: str
) -> None:
    before, founder = company.confirmed(FIRST), company.opened(SECOND)
    world.execute(sa.update(delegations).where(delegations.c.id == UUID(founder)).values(kind="fondateur"))
    if told_first == "moved":
        world.move(FIRST, SECOND, sequence=3)
    world.accounts[SECOND] = world.account(FIRST)
    world.identify(founder, SECOND)
    assert [company.see(one).json["statut"] for one in (before, founder)] == ["Inactif", "Actif"]


def test_an_address_that_comes_back_ends_what_waits_for_it(moved: Company, world: World) -> None:
    again = moved.opened(FIRST)
    world.events()
    world.move(SECOND, FIRST, sequence=4)
    assert sorted(world.events()) == ["delegation.closed", "delegation.readdressed"]
    assert moved.see(again).json["statut"] == "Inactif"


def test_a_change_of_days_is_judged_by_account(company: Company, world: World) -> None:
    now = company.confirmed(FIRST, ends_on="2026-11-30")
    later = company.opened(SECOND, starts_on="2026-12-01")
    world.accounts[SECOND] = world.account(FIRST)
    world.identify(later, SECOND)
    assert company.act(later, "confirmation").status == 204
    assert company.change(now, ends_on="2026-12-05").status == 409


def test_nobody_delegates_to_himself_by_another_address_aa29(company: Company, world: World) -> None:
    company.confirmed("adjoint@example.com", kind="collaborateur", administrator=True, ends_on="2026-12-31")
    adjoint = world.account("adjoint@example.com")
    world.rename("adjoint@example.com", sequence=2)
    own = company.opened(SECOND, as_=adjoint, ends_on="2026-12-31")
    world.accounts[SECOND] = adjoint
    world.events()
    world.identify(own, SECOND)
    assert world.event("delegation.closed")["reason"] == "personne_en_double"


def test_ones_own_address_is_judged_by_the_account_that_has_it_aa29(company: Company, world: World) -> None:
    # The delegation shows the address it had; identity's word of the account says another already.
    world.rename("patron1@example.com", sequence=2)
    world.move("patron1@example.com", "nouveau@example.com", sequence=3)
    assert company.ask("Nouveau@example.com").status == 422


def test_the_caisse_that_corrects_a_founder_to_his_own_new_address_changes_nobody(world: World) -> None:
    company = world.company(1)
    world.rename("patron1@example.com", sequence=2)
    world.move("patron1@example.com", "nouveau@example.com", sequence=3)
    world.events()
    report = world.send(line(administrateur_email="nouveau@example.com")).json
    assert (report["rejected"], report["updated"], world.events()) == ([], 1, [])
    assert company.sites_of(company.founder) == 1


def test_whom_the_caisse_names_loses_what_he_had_and_never_the_name(company: Company, world: World) -> None:
    before, founder = company.confirmed(FIRST), company.opened(SECOND)
    world.execute(sa.update(delegations).where(delegations.c.id == UUID(founder)).values(kind="fondateur"))
    world.accounts[SECOND] = world.account(FIRST)
    world.events()
    world.identify(founder, SECOND)
    told = [one for one in world.events() if one != "delegation.readdressed"]
    assert told == ["delegation.closed", "delegation.confirmed"]
    assert company.see(before).json["statut"] == "Inactif"


def test_who_decides_on_what_ended_by_itself_reads_why(moved: Company, world: World) -> None:
    again = moved.opened(FIRST)
    shown = moved.see(again).json["version"]
    world.identify(again, FIRST)
    stale = moved.act(again, "invitation", version=shown)
    assert stale.status == 412
    assert "a été fermée, car son bénéficiaire en a déjà une, le 23/11/2026" in stale.json["detail"]
