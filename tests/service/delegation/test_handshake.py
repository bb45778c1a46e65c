"""Two-sided: the beneficiary completes his account, the company confirms (G51, G52, T1)."""

from datetime import UTC, date, datetime

import pytest

from contracts.events.delegation import DELEGATION_COMPLETED, DELEGATION_CONFIRMED
from tests.service.delegation.world import Company, World, line


def test_the_founder_is_in_without_a_second_confirmation_g5(world: World) -> None:
    company = world.company(sites=2)
    assert world.events() == ["adherent.registered", "delegation.opened", "delegation.confirmed"]
    assert company.sites_of(company.founder) == 2


def test_completing_asks_each_administrator_of_the_company_g52(company: Company, world: World) -> None:
    company.confirmed("adjoint@example.com", kind="collaborateur", administrator=True)
    delegation_id = company.opened()
    world.events()
    world.identify(delegation_id, "comptable@example.com")
    data = world.event("delegation.completed")
    assert set(data) == set(DELEGATION_COMPLETED.example)
    assert {one["email"] for one in data["administrators"]} == {"patron1@example.com", "adjoint@example.com"}
    assert data["beneficiary"]["nom"] == "Martin"


def test_nothing_is_open_before_the_confirmation_g52_c9(company: Company, world: World) -> None:
    delegation_id = company.opened()
    account = world.identify(delegation_id, "comptable@example.com")
    assert company.sites_of(account) == 0
    assert company.act(delegation_id, "confirmation").status == 204
    assert company.sites_of(account) == 1


def test_confirming_announces_the_rights_in_force(company: Company, world: World) -> None:
    delegation_id = company.opened()
    world.identify(delegation_id, "comptable@example.com")
    world.events()
    company.act(delegation_id, "confirmation")
    data = world.event("delegation.confirmed")
    assert set(data) == set(DELEGATION_CONFIRMED.example)
    assert data["confirmed_at"] == world.under.clock.now()


def test_a_known_account_needs_no_form_and_a_confirmation_all_the_same_t1(world: World) -> None:
    first, second = world.company(1), world.company(2)
    first.confirmed()
    delegation_id = second.opened()
    world.events()
    account = world.identify(delegation_id, "comptable@example.com")
    assert world.event("delegation.completed")["already_known"] is True
    assert first.sites_of(account) == 1
    second.act(delegation_id, "confirmation")
    assert first.sites_of(account) == 2


def test_a_second_answer_is_409(company: Company) -> None:
    delegation_id = company.confirmed()
    assert company.act(delegation_id, "confirmation").status == 409
    assert company.act(delegation_id, "refusal").status == 409


@pytest.mark.parametrize("answer", ["confirmation", "refusal"])
def test_there_is_nothing_to_answer_before_the_account_is_completed(company: Company, answer: str) -> None:
    assert company.act(company.opened(), answer).status == 409


def test_refusing_ends_it(company: Company, world: World) -> None:
    delegation_id = company.opened()
    account = world.identify(delegation_id, "comptable@example.com")
    world.events()
    assert company.act(delegation_id, "refusal").status == 204
    assert world.events() == ["delegation.refused"]
    assert company.see(delegation_id).json["statut_detail"] == "Refusée le 23/11/2026"
    assert company.sites_of(account) == 0
    assert company.act(delegation_id, "confirmation").status == 409


def test_the_beneficiary_himself_never_confirms_g52(company: Company, world: World) -> None:
    # An administrator until Friday, delegated again from Saturday: he could confirm his own second delegation.
    company.confirmed("adjoint@example.com", kind="collaborateur", administrator=True, ends_on="2026-11-27")
    again = company.opened("adjoint@example.com", kind="collaborateur", starts_on="2026-11-28")
    adjoint = world.identify(again, "adjoint@example.com")
    assert company.act(again, "confirmation", as_=adjoint).status == 403
    assert company.act(again, "refusal", as_=adjoint).status == 403
    assert company.act(again, "confirmation").status == 204


def test_who_does_not_administer_the_company_confirms_nothing_aa26_aa22(company: Company, world: World) -> None:
    company.confirmed("simple@example.com", kind="collaborateur")
    delegation_id = company.opened()
    world.identify(delegation_id, "comptable@example.com")
    other = world.company(2)
    assert company.act(delegation_id, "confirmation", as_=world.account("simple@example.com")).status == 403
    assert company.act(delegation_id, "confirmation", as_=other.founder).status == 404


def test_a_delegation_of_another_company_is_unknown_under_ones_own_aa22(company: Company, world: World) -> None:
    other = world.company(2)
    foreign = other.opened()
    for what in ("confirmation", "refusal", "closing", "invitation"):
        assert company.act(foreign, what).status == 404
    assert company.see(foreign).status == 404


def test_the_link_of_the_mail_finds_its_company_for_its_administrators_alone(company: Company, world: World) -> None:
    delegation_id = company.confirmed()
    path = f"/v1/delegations/{delegation_id}"
    assert world.under.get(path, as_=company.founder).json["adherent_id"] == str(company.id)
    assert world.under.get(path, as_=world.account("comptable@example.com")).status == 404
    assert world.under.get(path, as_=world.company(2).founder).status == 404


def test_a_future_start_opens_nothing_today_aa33(company: Company, world: World) -> None:
    delegation_id = company.confirmed(starts_on="2026-11-24")
    account = world.account("comptable@example.com")
    assert company.see(delegation_id).json["statut"] == "À venir"
    assert company.sites_of(account) == 0
    assert world.under.get(company.path, as_=account).status == 404
    # Midnight in Paris is 23:00 UTC: the day begins there, not in London (T10).
    world.under.clock.set(datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
    assert company.sites_of(account) == 1


def test_past_its_end_the_company_is_gone_and_others_stay_aa34(world: World) -> None:
    first, second = world.company(1), world.company(2)
    first.confirmed(ends_on="2026-11-23")
    second.confirmed()
    account = world.account("comptable@example.com")
    world.under.clock.set(datetime(2026, 11, 23, 22, 59, tzinfo=UTC))
    assert first.sites_of(account) == 2
    world.under.clock.set(datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
    assert first.sites_of(account) == 1
    assert world.under.get(first.path, as_=account).status == 404
    assert world.under.get(second.path, as_=account).status == 403


def test_an_event_for_a_delegation_closed_meanwhile_changes_nothing(company: Company, world: World) -> None:
    delegation_id = company.opened()
    company.act(delegation_id, "closing")
    world.events()
    world.identify(delegation_id, "comptable@example.com")
    assert world.events() == []
    assert company.see(delegation_id).json["statut"] == "Inactif"


def test_a_new_link_can_be_asked_for_once_a_minute(company: Company, world: World) -> None:
    delegation_id = company.opened()
    world.events()
    assert company.act(delegation_id, "invitation").status == 202
    assert world.event("invitation.requested")["email"] == "comptable@example.com"
    again = company.act(delegation_id, "invitation")
    assert (again.status, again.json["detail"]) == (429, "Trop de tentatives. Réessayez plus tard.")
    assert int(again.headers["Retry-After"]) > 0


def test_who_completed_his_account_needs_no_link(company: Company, world: World) -> None:
    delegation_id = company.opened()
    world.identify(delegation_id, "comptable@example.com")
    assert company.act(delegation_id, "invitation").status == 409


def test_many_delegations_completed_by_one_account_come_in_one_batch_t1(world: World) -> None:
    world.send(*(line(number) for number in range(1, 6)))
    companies = [world.company(number) for number in range(1, 6)]
    opened = [company.opened() for company in companies]
    from contracts.events.identity import BENEFICIARY_IDENTIFIED as CARD

    told = {"account_id": world.account("comptable@example.com"), "email": "comptable@example.com"}
    data = [{**told, "nom": "Martin", "prenom": "Claire", "delegation_id": d, "already_known": False} for d in opened]
    world.events()
    outcome = world.under.take([world.under.delivery(CARD, {**one}) for one in data])
    assert (outcome.applied, world.events()) == (5, ["delegation.completed"] * 5)


def test_the_journal_names_each_act(company: Company, world: World) -> None:
    delegation_id = company.confirmed()
    entries = world.under.get(f"{company.path}/delegations/{delegation_id}/journal", as_=company.founder).json["items"]
    assert [(one["act"], one["author"]) for one in entries] == [
        ("ouverture", "Claire Martin"),
        ("identification", "Claire Martin"),
        ("confirmation", "Claire Martin"),
    ]
    assert entries[0]["scope"]["starts_on"] == date(2026, 11, 23).isoformat()
