"""A delegation whose date d'effet is later is announced on that day, once, as its end is (decision 53)."""

from datetime import timedelta

import sqlalchemy as sa

from services.delegation.storage.tables import delegations
from tests.service.delegation.test_sub_delegation import FIRM, STAFF, Firm, firm  # noqa: F401  (a fixture)
from tests.service.delegation.world import READ, TODAY, Company, World

LATER = (TODAY + timedelta(days=8)).isoformat()  # 01/12/2026


def pass_days(world: World, days: int) -> None:
    world.under.clock.advance(timedelta(days=days))


def test_a_later_start_is_announced_on_its_day_and_once(company: Company, world: World) -> None:
    company.confirmed(starts_on=LATER)
    world.events()
    assert (world.under.run_job("start_delegations"), world.events()) == (0, [])
    pass_days(world, 8)
    assert world.under.run_job("start_delegations") == 1
    data = world.event("delegation.started")
    assert [one["email"] for one in data["told"]] == ["patron1@example.com"]
    assert (data["beneficiary"]["email"], str(data["starts_on"])) == (FIRM, LATER)
    pass_days(world, 1)
    assert (world.under.run_job("start_delegations"), world.events()) == (0, [])


def test_it_changes_no_version_a_page_of_the_evening_still_decides(company: Company, world: World) -> None:
    held = company.confirmed(starts_on=LATER)
    shown = company.current(held)
    pass_days(world, 8)
    world.under.run_job("start_delegations")
    assert company.act(held, "closing", version=shown).status == 204


def test_what_was_open_as_soon_as_it_was_confirmed_is_no_start(company: Company, world: World) -> None:
    company.confirmed()
    world.events()
    pass_days(world, 1)
    assert (world.under.run_job("start_delegations"), world.events()) == (0, [])


def test_what_nobody_confirmed_or_somebody_closed_does_not_start(company: Company, world: World) -> None:
    company.opened("attend@example.com", starts_on=LATER)
    closed = company.confirmed(starts_on=LATER)
    company.act(closed, "closing")
    world.events()
    pass_days(world, 8)
    assert (world.under.run_job("start_delegations"), world.events()) == (0, [])


def test_a_start_that_was_moved_is_announced_on_the_new_day(company: Company, world: World) -> None:
    held = company.confirmed()
    assert company.change(held, starts_on=LATER).status == 204
    world.events()
    pass_days(world, 8)
    world.under.run_job("start_delegations")
    assert world.events() == ["delegation.started"]


def test_a_change_that_opens_at_once_says_it_itself(company: Company, world: World) -> None:
    held = company.confirmed(starts_on=LATER)
    assert company.change(held, starts_on=TODAY.isoformat()).status == 204
    world.events()
    pass_days(world, 9)
    assert (world.under.run_job("start_delegations"), world.events()) == (0, [])


def test_what_follows_the_firms_to_a_later_day_starts_with_it(firm: Firm, world: World) -> None:  # noqa: F811
    firm.delegate()
    firm.company.change(firm.delegation, starts_on=LATER, administrator=False, rights=READ)
    world.events()
    pass_days(world, 8)
    world.under.run_job("start_delegations")
    started = [event for event in world.under.recorded() if event.type == "delegation.started.v1"]
    assert sorted(str(event.data["beneficiary"]["email"]) for event in started) == sorted([FIRM, STAFF])


def test_what_the_version_before_confirmed_is_marked_and_told_only_if_it_opened_by_itself(
    company: Company, world: World
) -> None:
    company.confirmed()
    company.confirmed("autre@example.com", starts_on=LATER)
    world.execute(sa.update(delegations).values(begun_on=None))
    world.events()
    pass_days(world, 8)
    assert world.under.run_job("start_delegations") == 3  # the founder's too
    assert world.event("delegation.started")["beneficiary"]["email"] == "autre@example.com"
    assert world.under.run_job("start_delegations") == 0


def test_a_start_of_long_ago_is_no_news(company: Company, world: World) -> None:
    company.confirmed(starts_on=LATER)
    world.events()
    pass_days(world, 16)
    assert (world.under.run_job("start_delegations"), world.events()) == (1, [])


def test_an_end_by_its_date_names_both_sides(company: Company, world: World) -> None:
    company.confirmed(ends_on="2026-11-30")
    world.events()
    pass_days(world, 8)
    world.under.run_job("close_ended_delegations")
    data = world.event("delegation.closed")
    assert ([one["email"] for one in data["told"]], data["reason"]) == (["patron1@example.com"], "echeance")
