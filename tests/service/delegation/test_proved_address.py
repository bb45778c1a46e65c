"""A claim is not a proof: a delegation is for who proved the very mailbox it was sent to, and for nobody else (K1)."""

import logging

import pytest

from contracts.events.identity import BENEFICIARY_IDENTIFIED
from tests.service.delegation.world import Company, World, line

WANTED = "invitee@example.com"
ASKER = "asker@example.com"


def test_an_account_of_another_address_is_not_the_beneficiary(company: Company, world: World) -> None:
    delegation_id = company.opened(WANTED)
    world.events()
    world.identify(delegation_id, ASKER)
    seen = company.see(delegation_id).json
    assert (seen["statut_detail"], seen["email"], seen["nom"]) == ("Invitation demandée le 23/11/2026", WANTED, None)
    assert world.events() == []
    assert company.act(delegation_id, "confirmation").status == 409


def test_who_proved_it_is_identified_afterwards(company: Company, world: World) -> None:
    delegation_id = company.opened(WANTED)
    world.identify(delegation_id, ASKER)
    world.identify(delegation_id, WANTED.title())
    assert company.see(delegation_id).json["statut_detail"] == "À confirmer"
    assert world.events()[-1] == "delegation.completed"


def test_a_founder_is_confirmed_under_the_same_equality_alone(world: World) -> None:
    world.send(line())
    founder = world.event("delegation.opened")["delegation_id"]
    asker = world.identify(founder, ASKER)
    assert world.events() == []
    assert world.under.get("/v1/sites", as_=asker).json["total"] == 0
    owner = world.identify(founder, "patron1@example.com")
    assert world.events() == ["delegation.confirmed"]
    assert world.under.get("/v1/sites", as_=owner).json["total"] == 1


def test_a_founder_that_the_caisse_corrects_too(world: World) -> None:
    world.send(line())
    world.events()
    world.send(line(administrateur_email=WANTED))
    founder = world.event("delegation.opened")["delegation_id"]
    asker = world.identify(founder, ASKER)
    assert (world.events(), world.under.get("/v1/sites", as_=asker).json["total"]) == ([], 0)


def test_the_others_of_a_batch_are_identified_all_the_same(company: Company, world: World) -> None:
    told = {"nom": "Martin", "prenom": "Claire", "already_known": True}
    asked_and_proved = {"juste@example.com": "juste@example.com", WANTED: ASKER}
    data = [
        {**told, "delegation_id": company.opened(asked), "email": proved, "account_id": world.account(proved)}
        for asked, proved in asked_and_proved.items()
    ]
    world.events()
    outcome = world.under.take([world.under.delivery(BENEFICIARY_IDENTIFIED, one) for one in data])
    assert (outcome.applied, world.events()) == (2, ["delegation.completed"])


def test_what_is_refused_is_counted_and_logged_without_an_address(
    company: Company, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    delegation_id = company.opened(WANTED)
    with caplog.at_level(logging.WARNING, logger="security"):
        world.identify(delegation_id, ASKER)
    (line,) = [record for record in caplog.records if record.name == "security"]
    assert line.getMessage() == "authz_fail"
    assert line.__dict__["delegation"] == delegation_id
    assert "@" not in str(line.__dict__)
