"""New bank details (G78): asked by a proof, told to all who administer the company, cancelled by any, open after
a delay and for a while to who asked; nothing of it comes back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backbone.ids import new_id
from backbone.testing import Answer
from contracts.events.bank_details import BANK_PROOF_ENDED, BANK_PROOF_GIVEN
from contracts.words.journal import Act
from tests.service.delegation.test_renouncing import acts
from tests.service.delegation.world import Company, World

ANNE = "anne@example.com"
FIRM = "comptable@example.com"
SECOND = timedelta(seconds=1)
DELAY, LASTS = timedelta(hours=48), timedelta(days=7)


@pytest.fixture
def anne(company: Company, world: World) -> str:
    """The delegation of another administrator of the company."""
    found = company.confirmed(ANNE, nom="Petit", prenom="Anne", kind="collaborateur", administrator=True)
    world.events()
    return found


def prove(world: World, company: Company, account: UUID | None = None, proof: UUID | None = None) -> UUID:
    """identity says that he proved himself: the id of the proof."""
    proof_id = proof or new_id()
    data = {"proof_id": proof_id, "account_id": account or company.founder, "adherent_id": company.id}
    world.under.deliver(BANK_PROOF_GIVEN, {**data, "proved_at": world.under.clock.now()})
    return proof_id


def spoil(world: World, account: UUID, proof: UUID) -> None:
    """identity says that his account changed."""
    data = {"proof_id": proof, "account_id": account, "reason": "mobile", "ended_at": world.under.clock.now()}
    world.under.deliver(BANK_PROOF_ENDED, data, sequence=2)


def see(company: Company, as_: UUID | None = None) -> Answer:
    return company.world.under.get(f"{company.path}/bank-details", as_=as_ or company.founder)


def state(company: Company, as_: UUID | None = None) -> Any:
    mine = see(company, as_).json["mine"]
    return mine and mine["state"]


def cancel(company: Company, request: UUID, as_: UUID | None = None) -> Answer:
    path = f"{company.path}/bank-details/requests/{request}/cancellation"
    return company.world.under.post(path, as_=as_ or company.founder)


def go_on(company: Company, as_: UUID | None = None) -> Answer:
    return company.world.under.post(f"{company.path}/bank-details/passage", as_=as_ or company.founder)


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["code"]


CLOSED = (409, "demande_coordonnees_fermee")


def test_g78_asked_told_to_all_open_after_the_delay_and_closed_again(company: Company, world: World, anne: str) -> None:
    company.confirmed(FIRM, administrator=True)
    world.events()
    prove(world, company)
    data, now = world.event("bank_details.asked"), world.under.clock.now()
    assert {one["email"] for one in data["administrators"]} == {"patron1@example.com", ANNE}
    assert (data["asker"]["email"], data["opens_at"], data["closes_at"]) == (
        *("patron1@example.com", now + DELAY),
        now + DELAY + LASTS,
    )
    assert state(company) == "en_attente" and refused(go_on(company)) == CLOSED
    world.under.clock.advance(DELAY - SECOND)
    assert refused(go_on(company)) == CLOSED
    world.under.clock.advance(SECOND)
    assert state(company) == "ouverte"
    assert [go_on(company).status for _ in range(2)] == [204, 204]
    assert refused(go_on(company, world.account(ANNE))) == CLOSED
    world.under.clock.advance(LASTS)
    assert state(company) == "expiree" and refused(go_on(company)) == CLOSED
    asked = [Act.COORDONNEES_DEMANDEES, Act.COORDONNEES_OUVERTES]
    assert acts(world, str(company.founder_delegation))[-2:] == asked


def test_g78_two_requests_are_one(company: Company, world: World) -> None:
    prove(world, company)
    world.events()
    for _ in range(2):
        prove(world, company)
    world.under.clock.advance(DELAY)
    prove(world, company)
    assert world.events() == [] and state(company) == "ouverte"
    world.under.clock.advance(LASTS)
    prove(world, company)
    assert world.events() == ["bank_details.asked"] and state(company) == "en_attente"


def test_g78_another_administrator_sees_and_cancels_it(company: Company, world: World, anne: str) -> None:
    request = prove(world, company)
    world.events()
    other = world.account(ANNE)
    (shown,) = see(company, other).json["others"]
    assert (shown["request_id"], shown["email"], shown["state"]) == (str(request), "patron1@example.com", "en_attente")
    assert see(company, other).json["mine"] is None
    assert cancel(company, request, other).status == 204
    data = world.event("bank_details.cancelled")
    assert (data["author"], data["asker"]["email"]) == ("Anne Petit", "patron1@example.com")
    assert {one["email"] for one in data["administrators"]} == {"patron1@example.com", ANNE}
    mine = see(company).json["mine"]
    assert (mine["state"], mine["cancelled_by"]) == ("annulee", "Anne Petit")
    assert see(company, other).json["others"] == []
    world.under.clock.advance(DELAY)
    assert refused(go_on(company)) == CLOSED and refused(cancel(company, request)) == CLOSED
    assert acts(world, str(company.founder_delegation))[-1] == Act.COORDONNEES_ANNULEES


def test_g78_it_is_cancelled_while_it_is_open_too(company: Company, world: World) -> None:
    request = prove(world, company)
    world.under.clock.advance(DELAY)
    assert cancel(company, request).status == 204
    assert refused(go_on(company)) == CLOSED


def test_g78_a_changed_account_closes_it_in_either_order(company: Company, world: World) -> None:
    request = prove(world, company)
    spoil(world, company.founder, request)
    assert state(company) == "compte_modifie"
    assert acts(world, str(company.founder_delegation))[-1] == Act.COORDONNEES_FERMEES
    world.events()
    late = new_id()
    spoil(world, company.founder, late)
    prove(world, company, proof=late)
    assert world.events() == []
    world.under.clock.advance(DELAY)
    assert refused(go_on(company)) == CLOSED


def test_g78_who_administers_no_more_lost_it_also_when_he_does_again(company: Company, world: World, anne: str) -> None:
    other = world.account(ANNE)
    prove(world, company, other)
    assert state(company, other) == "en_attente"
    rights = {"mes_documents": "consultation"}
    assert company.change(anne, administrator=False, rights=rights).status == 204
    world.under.clock.advance(DELAY)
    assert refused(go_on(company, other)) == (403, "acces_refuse")
    assert see(company).json["others"] == []
    world.under.proved_at = world.under.clock.now()
    assert company.change(anne, administrator=True, rights={}).status == 204
    assert state(company, other) == "droits_retires" and refused(go_on(company, other)) == CLOSED


def test_g78_who_was_closed_and_came_back_lost_it(company: Company, world: World, anne: str) -> None:
    other = world.account(ANNE)
    prove(world, company, other)
    assert company.act(anne, "closing").status == 204
    company.confirmed(ANNE, nom="Petit", prenom="Anne", kind="collaborateur", administrator=True)
    world.under.clock.advance(DELAY)
    assert state(company, other) == "droits_retires" and refused(go_on(company, other)) == CLOSED


def test_g78_nobody_but_the_companys_own_administrators(company: Company, world: World) -> None:
    company.confirmed(FIRM, administrator=True)
    company.confirmed("simple@example.com", kind="collaborateur")
    request = prove(world, company)
    world.events()
    for email in (FIRM, "simple@example.com"):
        account = world.account(email)
        prove(world, company, account)
        answers = (see(company, account), cancel(company, request, account), go_on(company, account))
        assert {refused(one) for one in answers} == {(403, "acces_refuse")}
    stranger = new_id()
    prove(world, company, stranger)
    assert world.events() == []
    assert {one.status for one in (see(company, stranger), cancel(company, request, stranger))} == {404}


def test_g78_a_request_of_another_company_is_none_of_this_one(company: Company, world: World) -> None:
    other = world.company(2)
    request = prove(world, other)
    assert cancel(company, request).status == 404
    assert state(other) == "en_attente" and state(company) is None
