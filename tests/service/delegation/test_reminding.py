"""Who waits has an administrator reminded, the next one each time; the calendar reminds all, once after each step."""

from datetime import timedelta
from typing import Any

import pytest

from backbone.testing import Answer
from tests.service.delegation.test_renouncing import mine
from tests.service.delegation.world import Company, World
from tests.support.statements import statements

CLAIRE, FOUNDER, SECOND = "comptable@example.com", "patron1@example.com", "adjoint@example.com"


@pytest.fixture
def waits(company: Company, world: World) -> str:
    """A delegation that its beneficiary accepted, of a company with two administrators, granted by the second."""
    company.confirmed(SECOND, kind="collaborateur", administrator=True, nom="Petit", prenom="Luc")
    held = company.opened(as_=world.account(SECOND))
    world.identify(held, CLAIRE)
    world.events()
    return held


def remind(world: World, held: str, email: str = CLAIRE) -> Answer:
    return world.under.post(f"/v1/mandates/{held}/reminder", as_=world.account(email))


def reminded(world: World) -> list[str]:
    """Whom the reminders since the last call name."""
    found = [event for event in world.under.recorded() if event.type == "confirmation.awaited.v1"]
    world.under.clear()
    return sorted(one["email"] for event in found for one in event.data["administrators"])


def test_who_granted_it_first_then_another_one_then_again(company: Company, world: World, waits: str) -> None:
    for expected in (SECOND, FOUNDER, SECOND):
        assert remind(world, waits).status == 204
        assert reminded(world) == [expected]
        world.under.clock.advance(timedelta(hours=48))


def test_once_in_two_days_with_its_time_and_the_page_knows_it(company: Company, world: World, waits: str) -> None:
    assert mine(world)[0]["actions"] == ["relancer", "renoncer"]
    remind(world, waits)
    world.under.clock.advance(timedelta(hours=47))
    again = remind(world, waits)
    assert (again.status, again.json["code"], again.headers["Retry-After"]) == (429, "relance_recente", "3600")
    (shown,) = mine(world)
    assert shown["reminded_at"] and shown["next_reminder_at"] > shown["reminded_at"]
    assert reminded(world) == [SECOND]


def test_who_administers_no_more_is_not_reminded(company: Company, world: World, waits: str) -> None:
    second = next(one for one in company.list().json["items"] if one["email"] == SECOND)
    company.act(second["delegation_id"], "closing")
    world.events()
    remind(world, waits)
    assert reminded(world) == [FOUNDER]


def test_what_is_confirmed_and_another_ones_is_not_reminded_of(company: Company, world: World, waits: str) -> None:
    assert remind(world, waits, "autre@example.com").status == 404
    company.act(waits, "confirmation")
    assert remind(world, waits).json["code"] == "rien_a_confirmer"


def test_the_calendar_reminds_all_after_two_and_after_seven_days_once_each(
    company: Company, world: World, waits: str
) -> None:
    told: dict[int, Any] = {}
    for day in range(1, 12):
        world.under.clock.advance(timedelta(days=1))
        world.under.run_job("remind_waiting")
        if found := reminded(world):
            told[day] = found
        world.under.run_job("remind_waiting")
        assert reminded(world) == []
    assert told == {2: [SECOND, FOUNDER], 7: [SECOND, FOUNDER]}


def test_a_job_that_was_down_reminds_once_and_not_of_what_is_old(company: Company, world: World, waits: str) -> None:
    world.under.clock.advance(timedelta(days=8))
    world.under.run_job("remind_waiting")
    assert reminded(world) == [SECOND, FOUNDER]
    late = company.opened("b@example.com")
    world.identify(late, "b@example.com")
    world.events()
    world.under.clock.advance(timedelta(days=20))
    assert world.under.run_job("remind_waiting") == 0


def test_as_many_statements_for_many_as_for_one(company: Company, world: World) -> None:
    counts = []
    for names in (["a@example.com"], ["b@example.com", "c@example.com", "d@example.com", "e@example.com"]):
        for email in names:
            world.identify(company.opened(email), email)
        world.under.clock.advance(timedelta(days=2))
        world.events()
        counts.append(len(statements(world.under.engine, lambda: world.under.run_job("remind_waiting"))))
        world.under.clock.advance(timedelta(days=30))
    assert counts[0] == counts[1]
