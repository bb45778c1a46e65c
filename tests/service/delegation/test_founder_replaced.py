"""The founding administrator left or was dismissed: the caisse that named him names another (G5, T8)."""

from typing import Any

import pytest
import sqlalchemy as sa

from backbone.testing import Answer
from services.delegation.storage.tables import adherents, delegations, journal
from tests.service.delegation.world import Company, World, line

OLD, NEW, ADJOINT = "patron1@example.com", "repreneur@example.com", "adjoint@example.com"


def replace(world: World, scopes: tuple[str, ...] = ("founders:write",), **changes: Any) -> Answer:
    """The caisse replaces the founder of company 1."""
    body = {"caisse": "IDF", "identifiant": "0400001", "former_email": OLD, "email": NEW, "nom": "Roux"}
    body |= {"prenom": "Eve", "reason": "Départ de l'entreprise"} | changes
    key = body.pop("key", None)
    headers = {"Idempotency-Key": key} if key else {}
    return world.under.post("/v1/founders", json=body, machine=scopes, headers=headers)


def live(world: World) -> list[tuple[str, str]]:
    """Address and kind of each live delegation."""
    query = sa.select(delegations.c.email, delegations.c.kind).where(delegations.c.closed_at.is_(None))
    with world.under.engine.connect() as connection:
        return sorted(tuple(row) for row in connection.execute(query))


def test_the_former_is_out_at_once_and_the_new_one_in_when_he_proves(company: Company, world: World) -> None:
    answer = replace(world)
    assert (answer.status, answer.json["replaced"]) == (200, True)
    assert world.events() == ["delegation.closed", "delegation.opened", "founder.replaced"]
    assert company.sites_of(company.founder) == 0
    new = world.identify(answer.json["delegation_id"], NEW)
    assert world.events() == ["delegation.confirmed"]
    assert company.list(as_=new).status == 200


def test_the_other_administrators_are_told_and_the_former_is_not_among_them(company: Company, world: World) -> None:
    company.confirmed(ADJOINT, kind="collaborateur", administrator=True, nom="Petit", prenom="Luc")
    company.confirmed("cabinet@example.com", administrator=True)
    world.events()
    replace(world)
    told = next(one.data for one in world.under.recorded() if one.type == "founder.replaced.v1")
    assert [one["email"] for one in told["administrators"]] == [ADJOINT]
    assert (told["former"]["email"], told["founder"]["email"]) == (OLD, NEW)


def test_the_journal_says_why_and_who_asked(company: Company, world: World) -> None:
    answer = replace(world)
    world.identify(answer.json["delegation_id"], NEW)
    path = f"{company.path}/delegations/{company.founder_delegation}/journal"
    last = world.under.get(path, as_=world.account(NEW)).json["items"][-1]
    assert (last["act"], last["author"]) == ("remplacement_par_la_caisse", "Caisse (test-client)")
    assert last["reason"] == "Départ de l'entreprise"
    assert world.scalar(sa.select(sa.func.count()).where(journal.c.reason.is_not(None))) == 2


def test_said_again_it_changes_nothing(company: Company, world: World) -> None:
    first = replace(world)
    world.events()
    for changes in ({}, {"key": "5a4d3c2b-1f0e-4d3c-8b2a-000000000001"}, {"former_email": NEW}):
        again = replace(world, **changes)
        assert again.json == {"delegation_id": first.json["delegation_id"], "replaced": False}
    assert world.events() == []


def test_a_founder_who_never_opened_his_account_or_gave_up_is_replaced_too(world: World) -> None:
    world.send(line(1))
    assert replace(world).json["replaced"] is True
    second = world.company(2)
    company_of = {"identifiant": "0400002", "former_email": "patron2@example.com"}
    second.confirmed(ADJOINT, kind="collaborateur", administrator=True)
    second.act(second.founder_delegation, "closing")
    assert replace(world, **company_of).json["replaced"] is True


def test_a_collaborator_who_takes_over_holds_one_delegation(company: Company, world: World) -> None:
    company.confirmed(ADJOINT, kind="collaborateur", administrator=True)
    assert replace(world, email=ADJOINT).status == 200
    assert live(world) == [(ADJOINT, "fondateur")]


def test_the_person_counts_not_the_address_he_was_named_by(company: Company, world: World) -> None:
    company.confirmed(ADJOINT, kind="collaborateur", administrator=True)
    world.rename(ADJOINT, email="adjoint.nouveau@example.com")
    assert replace(world, email="adjoint.nouveau@example.com").json["replaced"] is True
    assert live(world) == [("adjoint.nouveau@example.com", "fondateur")]


def test_the_founder_under_his_new_address_is_in_place_already(company: Company, world: World) -> None:
    world.rename(OLD, email=NEW)
    world.events()
    assert replace(world).json == {"delegation_id": str(company.founder_delegation), "replaced": False}
    assert world.events() == []


def test_somebody_of_the_firm_does_not_become_the_founder(company: Company, world: World) -> None:
    company.confirmed("cabinet@example.com", administrator=True)
    world.events()
    answer = replace(world, email="cabinet@example.com")
    assert (answer.status, answer.json["code"]) == (409, "administrateur_deja_beneficiaire")
    assert world.events() == []


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"former_email": "autre@example.com"}, 409),
        ({"identifiant": "0499999"}, 404),
        ({"caisse": "AUTRE"}, 404),
        ({"email": "pas une adresse"}, 422),
        ({"reason": ""}, 422),
        ({"nom": "a\u202eb"}, 422),
        ({"prenom": "Eve www.example.com"}, 422),
        ({"reason": "départ\u2028suite"}, 422),
        ({"nom": "www.evil.example"}, 422),
        ({"prenom": "12"}, 422),
        ({"scopes": ("referential:write",)}, 403),
    ],
)
def test_what_is_not_sure_changes_nothing(company: Company, world: World, changes: dict[str, Any], status: int) -> None:
    assert replace(world, **changes).status == status
    assert (world.events(), live(world)) == ([], [(OLD, "fondateur")])


def test_an_older_file_does_not_bring_back_who_was_dismissed(company: Company, world: World) -> None:
    replace(world)
    world.events()
    report = world.send(line(1, raison_sociale="DURAND ET FILS")).json
    assert [one["code"] for one in report["rejected"]] == ["administrateur_remplace"]
    assert live(world) == [(NEW, "fondateur")]
    assert world.scalar(sa.select(adherents.c.raison_sociale)) == "DURAND ET FILS"
    assert world.send(line(1, raison_sociale="DURAND ET FILS", administrateur_email=NEW)).json["rejected"] == []


def test_what_the_former_granted_stays_and_is_to_review(company: Company, world: World) -> None:
    company.confirmed()
    answer = replace(world)
    new = world.identify(answer.json["delegation_id"], NEW)
    lines = {one["email"]: one["a_revoir"] for one in company.list(as_=new).json["items"]}
    assert lines["comptable@example.com"] is True
