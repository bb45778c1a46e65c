"""Administration is granted with a password given at most five minutes ago (C8), beside AA26 to AA31."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from backbone.testing import Answer
from services.delegation.storage.tables import delegations
from tests.service.delegation.world import READ, TODAY, Company, World

ADJOINT = "adjoint@example.com"
EVERYTHING = {"administrator": True, "colleges": [], "rights": {}}
SENTENCE = "Pour votre sécurité, saisissez de nouveau votre mot de passe."
Aged = Callable[..., None]


@pytest.fixture
def aged(world: World) -> Aged:
    """`aged(minutes=6)`: everybody gave his password that long ago."""

    def give(**ago: float) -> None:
        world.under.proved_at = world.under.clock.now() - timedelta(**ago)

    return give


def refused(answer: Answer) -> bool:
    told = (answer.status, answer.json["code"], answer.json["detail"], answer.json["errors"])
    return told == (403, "reauthentification_requise", SENTENCE, [])


def test_c8_opening_for_an_administrator_with_an_old_password_opens_nothing(
    company: Company, world: World, aged: Aged
) -> None:
    aged(minutes=6)
    assert refused(company.ask(ADJOINT, administrator=True, kind="collaborateur"))
    assert world.events() == []
    assert world.scalar(sa.select(sa.func.count()).where(delegations.c.email == ADJOINT)) == 0


def test_c8_five_minutes_are_recent_a_second_more_is_not(company: Company, aged: Aged) -> None:
    aged(minutes=5, seconds=1)
    assert refused(company.ask(ADJOINT, administrator=True))
    aged(minutes=5)
    assert company.ask(ADJOINT, administrator=True).status == 201


def test_c8_a_user_who_becomes_an_administrator_stays_what_he_was(company: Company, world: World, aged: Aged) -> None:
    delegation_id = company.confirmed()
    before = company.see(delegation_id).json
    world.events()
    aged(minutes=6)
    assert refused(company.change(delegation_id, **EVERYTHING))
    assert (company.see(delegation_id).json, world.events()) == (before, [])
    aged(minutes=0)
    assert company.change(delegation_id, **EVERYTHING).status == 204
    assert company.see(delegation_id).json["administrator"] is True


def test_c8_more_days_of_an_administrator_need_it_fewer_do_not(company: Company, aged: Aged) -> None:
    delegation_id = company.confirmed(ADJOINT, administrator=True, ends_on="2026-12-31")
    aged(minutes=6)
    assert refused(company.change(delegation_id, ends_on="2027-01-01"))
    assert refused(company.change(delegation_id, ends_on=None))
    assert company.change(delegation_id, ends_on="2026-12-30").status == 204


def test_c8_nothing_else_asks_for_it(company: Company, world: World, aged: Aged) -> None:
    company.confirmed("second@example.com", administrator=True)
    aged(hours=7)
    delegation_id = company.confirmed()
    assert company.change(delegation_id, colleges=["etam"], ends_on="2027-12-31").status == 204
    pending = world.scalar(sa.select(delegations.c.id).where(delegations.c.email == "second@example.com"))
    assert company.change(pending, administrator=False, rights=READ).status == 204
    assert company.act(delegation_id, "closing").status == 204


def test_c8_the_firm_s_administrators_too(company: Company, world: World, aged: Aged) -> None:
    company.confirmed(administrator=True)
    firm = world.account("comptable@example.com")
    aged(minutes=6)
    assert refused(company.ask(ADJOINT, as_=firm, administrator=True))
    assert company.ask(ADJOINT, as_=firm).status == 201


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"rights": READ}, 422, "administrateur_partiel"),
        ({"email": "patron1@example.com"}, 422, "propre_adresse"),
        ({"ends_on": "2026-11-22"}, 422, "dates_incoherentes"),
        ({"email": "comptable@example.com"}, 409, "delegation_existante"),
    ],
)
def test_c8_is_said_last(company: Company, aged: Aged, changes: dict[str, object], status: int, code: str) -> None:
    company.opened()
    aged(minutes=6)
    answer = company.ask(**{"email": ADJOINT, "administrator": True, **changes})
    assert (answer.status, answer.json["code"]) == (status, code)


def test_c8_who_may_not_delegate_is_not_asked_for_a_password_aa26(company: Company, world: World, aged: Aged) -> None:
    company.confirmed()
    aged(minutes=6)
    answer = company.ask(ADJOINT, as_=world.account("comptable@example.com"), administrator=True)
    assert (answer.status, answer.json["code"]) == (403, "acces_refuse")


def test_c8_the_same_key_opens_once_the_password_was_given_again_c3(company: Company, world: World, aged: Aged) -> None:
    headers = {"Idempotency-Key": str(new_id())}
    body = {"email": ADJOINT, "kind": "collaborateur", "starts_on": TODAY.isoformat(), **EVERYTHING}

    def ask() -> Answer:
        return world.under.post(f"{company.path}/delegations", json=body, as_=company.founder, headers=headers)

    aged(minutes=6)
    assert refused(ask())
    aged(minutes=0)
    opened = ask()
    aged(minutes=6)
    again = ask()  # the stored answer: nothing is granted a second time
    assert (opened.status, again.status, again.json) == (201, 201, opened.json)
    assert world.events() == ["delegation.opened"]
