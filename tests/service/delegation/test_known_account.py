"""Typing an address tells nobody whose it is: who has an account already is named once he accepted (K14)."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from contracts.events.identity import BENEFICIARY_IDENTIFIED
from contracts.words.reasons import Closed
from services.delegation.storage.tables import accounts, delegations
from tests.service.delegation.world import Company, World, line

KNOWN, NEW = "connu@example.com", "nouveau@example.com"


@pytest.fixture
def pending(company: Company, world: World) -> str:
    """A delegation that somebody accepted with the account he had, not confirmed."""
    world.account(KNOWN)
    world.rename(KNOWN, sequence=2, nom="Secret", prenom="Agathe")
    delegation_id = company.opened("Connu@example.com")
    assert company.see(delegation_id).json["nom"] is None
    world.identify(delegation_id, KNOWN, nom="Secret", prenom="Agathe")
    return delegation_id


def test_who_accepted_is_named_at_the_address_that_was_typed(company: Company, pending: str) -> None:
    seen = company.see(pending).json
    assert (seen["email"], seen["nom"], seen["prenom"]) == ("Connu@example.com", "Secret", "Agathe")
    assert seen["statut_detail"] == "À confirmer" and "confirmer" in seen["actions"]
    assert [one["nom"] for one in company.list("nom=secret").json["items"]] == ["Secret"]


def test_his_name_follows_his_account_his_address_does_not(company: Company, world: World, pending: str) -> None:
    world.rename(KNOWN, sequence=3, nom="Suivi", prenom="Agathe")
    seen = company.see(pending).json
    assert (seen["nom"], seen["email"]) == ("Suivi", "Connu@example.com")


def test_until_he_accepts_neither_page_list_search_nor_journal_tells_of_him(company: Company, world: World) -> None:
    world.account(KNOWN)
    world.rename(KNOWN, sequence=2, nom="Secret", prenom="Agathe")
    delegation_id = company.opened(KNOWN)
    world.rename(KNOWN, sequence=3, nom="Secret", prenom="Anne")
    assert company.list("nom=secret").json["total"] == 0
    journal = world.under.get(f"{company.path}/delegations/{delegation_id}/journal", as_=company.founder)
    shown = (company.see(delegation_id).json, journal.json, company.list("page_size=50").json)
    assert "Secret" not in str(shown)


@pytest.mark.parametrize("what", [None, "refusal", "closing"])
def test_whom_the_version_before_identified_without_an_act_of_his_stays_unnamed(
    company: Company, world: World, pending: str, what: str | None
) -> None:
    hidden = sa.update(delegations).where(delegations.c.id == UUID(pending))
    world.execute(hidden.values(nom=None, prenom=None))
    if what:
        company.act(pending, what)
    world.rename(KNOWN, sequence=3, nom="Autre", prenom="Nom")
    assert company.see(pending).json["nom"] is None
    if what is None:
        assert company.act(pending, "confirmation").status == 204
        assert company.see(pending).json["nom"] == "Autre"


def test_who_completes_his_account_from_the_invitation_is_named_at_once(company: Company, world: World) -> None:
    delegation_id = company.opened(NEW)
    world.identify(delegation_id, NEW, nom="Petit", prenom="Luc")
    assert company.see(delegation_id).json["nom"] == "Petit"


def test_the_mail_to_the_beneficiary_still_knows_him(company: Company, world: World) -> None:
    world.account(KNOWN)
    delegation_id = company.opened(KNOWN)
    world.events()
    world.identify(delegation_id, KNOWN, nom="Secret")
    told = world.event("delegation.completed")
    assert (told["beneficiary"]["nom"], told["already_known"]) == ("Secret", True)


def test_who_leaves_the_address_before_the_confirmation_leaves_the_delegation(
    company: Company, world: World, pending: str
) -> None:
    world.events()
    world.move(KNOWN, NEW, sequence=4)
    told = world.event("delegation.closed")
    assert (told["reason"], told["beneficiary"]["email"].casefold()) == (Closed.LEFT, KNOWN)
    assert [one["email"] for one in told["administrators"]] == ["patron1@example.com"]
    assert company.act(pending, "confirmation").status == 409
    assert NEW not in str(company.see(pending).json)


def test_whoever_he_is(company: Company, world: World) -> None:
    delegation_id = company.opened("petit@example.com")
    world.identify(delegation_id, "petit@example.com", nom="Petit")
    world.rename("petit@example.com", sequence=2)
    world.events()
    world.move("petit@example.com", NEW, sequence=3)
    assert (world.events(), company.see(delegation_id).json["email"]) == (["delegation.closed"], "petit@example.com")


def test_an_address_that_arrives_at_who_waits_is_told_to_nobody(company: Company, world: World) -> None:
    # Word of the new address comes after the identification that it explains.
    world.rename("avant@example.com", sequence=2)
    world.accounts[KNOWN] = world.account("avant@example.com")
    delegation_id = company.opened(KNOWN)
    world.identify(delegation_id, KNOWN)
    world.events()
    world.move("avant@example.com", KNOWN, sequence=3)
    assert world.events() == []
    assert company.act(delegation_id, "confirmation").status == 204


def test_what_is_here_since_before_of_who_left_is_not_confirmed(company: Company, world: World, pending: str) -> None:
    # An identification that was taken when nobody compared it with what is known of the account.
    mine = accounts.c.account_id == world.account(KNOWN)
    world.execute(sa.update(accounts).where(mine).values(email="parti@example.com"))
    refused = company.act(pending, "confirmation")
    assert (refused.status, refused.json["code"]) == (409, "adresse_quittee")
    assert company.act(pending, "closing").status == 204


def test_a_founder_who_had_an_account_is_named(world: World) -> None:
    first = world.company(1)
    world.rename("patron1@example.com", sequence=2, nom="Durand", prenom="Paul")
    world.events()
    world.send(line(2, administrateur_email="patron1@example.com", administrateur_nom="", administrateur_prenom=""))
    founder = world.event("delegation.opened")["delegation_id"]
    world.identify(founder, "patron1@example.com", nom="Durand")
    assert world.event("delegation.confirmed")["beneficiary"]["nom"] == "Durand"
    assert first.sites_of(first.founder) == 2


def test_an_identity_of_the_version_before_that_identifies_at_once_names_nobody(company: Company, world: World) -> None:
    world.account(KNOWN)
    delegation_id = company.opened(KNOWN)
    world.events()
    data = {"delegation_id": UUID(delegation_id), "account_id": world.account(KNOWN), "email": KNOWN}
    world.under.deliver(BENEFICIARY_IDENTIFIED, {**data, "nom": "Secret", "prenom": "A", "already_known": True})
    assert company.see(delegation_id).json["nom"] is None
    assert world.event("delegation.completed")["beneficiary"]["nom"] is None
    assert company.act(delegation_id, "confirmation").status == 204
    assert company.see(delegation_id).json["nom"] == "Secret"
