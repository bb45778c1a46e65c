"""Fermeture (G19, G26, AA30, AA35, M7)."""

from datetime import timedelta

import pytest

from tests.service.delegation.world import TODAY, Company, World


def test_closing_bites_at_the_next_request_aa35(company: Company, world: World) -> None:
    delegation_id = company.confirmed(administrator=True)
    firm = world.account("comptable@example.com")
    assert world.under.get(company.path, as_=firm).status == 200
    world.events()
    assert company.act(delegation_id, "closing").status == 204
    data = world.event("delegation.closed")
    assert (data["reason"], data["closed_at"]) == ("fermeture", world.under.clock.now())
    assert world.under.get(company.path, as_=firm).status == 404
    assert company.sites_of(firm) == 0
    assert company.ask("x@example.com", as_=firm).status == 404


def test_closing_today_is_closing_now(company: Company) -> None:
    delegation_id = company.confirmed()
    assert company.act(delegation_id, "closing", ends_on=TODAY.isoformat()).status == 204
    assert company.see(delegation_id).json["statut_detail"] == "Fermée le 23/11/2026"


def test_closing_on_a_later_day_sets_the_date_de_fin_g26(company: Company, world: World) -> None:
    delegation_id = company.confirmed()
    world.events()
    assert company.act(delegation_id, "closing", ends_on="2026-11-30").status == 204
    assert str(world.event("delegation.changed")["ends_on"]) == "2026-11-30"
    assert company.see(delegation_id).json["statut"] == "Actif"


@pytest.mark.parametrize(("ends_on", "status"), [("2026-11-22", 422), ("2026-12-31", 422), ("2026-02-31", 422)])
def test_a_closing_in_the_past_or_after_the_end_is_422(company: Company, ends_on: str, status: int) -> None:
    delegation_id = company.confirmed(ends_on="2026-12-15")
    assert company.act(delegation_id, "closing", ends_on=ends_on).status == status


@pytest.mark.parametrize("ends_on", [None, "", "2026-02-31", "31/12/2026", "demain"])
def test_a_day_that_is_none_is_no_order_to_close_at_once(company: Company, ends_on: str | None) -> None:
    delegation_id = company.confirmed()
    assert company.act(delegation_id, "closing", ends_on=ends_on).status == 422
    assert company.see(delegation_id).json["statut"] == "Actif"


def test_closing_twice_is_409(company: Company) -> None:
    delegation_id = company.confirmed()
    assert company.act(delegation_id, "closing").status == 204
    assert company.act(delegation_id, "closing").status == 409


def test_a_user_closes_nothing_not_even_his_own_aa26(company: Company, world: World) -> None:
    delegation_id = company.confirmed()
    assert company.act(delegation_id, "closing", as_=world.account("comptable@example.com")).status == 403


@pytest.mark.parametrize("body", [{}, {"ends_on": "2026-12-31"}])
def test_the_last_administrator_cannot_go_now_or_later_aa30(company: Company, body: dict) -> None:
    answer = company.act(company.founder_delegation, "closing", **body)
    assert (answer.status, answer.json["code"]) == (409, "dernier_administrateur")
    assert answer.json["detail"] == "Au moins un administrateur doit rester actif."


def test_the_firm_does_not_count_as_the_companys_administrator_m7(company: Company) -> None:
    company.confirmed(administrator=True)
    assert company.act(company.founder_delegation, "closing").status == 409


def test_an_invited_administrator_does_not_count_yet_m7(company: Company) -> None:
    company.opened("adjoint@example.com", kind="collaborateur", administrator=True)
    assert company.act(company.founder_delegation, "closing").status == 409


def test_an_administrator_who_will_leave_covers_no_longer_m7(company: Company) -> None:
    company.confirmed("a@example.com", kind="collaborateur", administrator=True, ends_on="2027-06-30")
    assert company.act(company.founder_delegation, "closing").status == 409
    company.confirmed("b@example.com", kind="collaborateur", administrator=True, starts_on="2027-07-01")
    assert company.act(company.founder_delegation, "closing").status == 204


def test_ended_delegations_are_closed_once_in_order_after_downtime_fa17(company: Company, world: World) -> None:
    ends = [TODAY + timedelta(days=late) for late in (2, 0, 1)]
    for number, end in enumerate(ends):
        company.confirmed(f"c{number}@example.com", ends_on=end.isoformat())
    company.opened("invite@example.com", ends_on=ends[0].isoformat())
    world.events()
    assert world.under.run_job("close_ended_delegations") == 0
    world.under.clock.advance(timedelta(days=5))
    assert world.under.run_job("close_ended_delegations") == 4
    closed = [event.data for event in world.under.recorded()]
    assert [one["reason"] for one in closed] == ["echeance"] * 4
    assert [one["ends_on"] for one in closed] == sorted(one["ends_on"] for one in closed)
    assert world.under.run_job("close_ended_delegations") == 0
