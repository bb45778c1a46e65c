"""Many at once: decisions are taken on what is true at that moment, one transaction after the other (M7, FA18)."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.delegation.storage.tables import delegations
from tests.service.delegation.world import TODAY, Company, World

MANY = 8


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Run them in threads that start together; their results, in their order."""
    ready, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        ready.wait()
        results[number] = act()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def administrators(company: Company, world: World) -> list[tuple[str, Any]]:
    """The founder and MANY - 1 others, each with his delegation and his account."""
    emails = [f"admin{number}@example.com" for number in range(1, MANY)]
    held = [(company.confirmed(one, kind="collaborateur", administrator=True), world.account(one)) for one in emails]
    return [(str(company.founder_delegation), company.founder), *held]


def in_force(world: World) -> int:
    """Administrators confirmed and not closed."""
    left = (delegations.c.administrator, delegations.c.confirmed_at.is_not(None), delegations.c.closed_at.is_(None))
    return int(world.scalar(sa.select(sa.func.count()).where(*left)))


def test_of_n_administrators_who_leave_at_once_one_stays_m7(company: Company, world: World) -> None:
    people = administrators(company, world)
    leave = [lambda d=d, a=a: company.act(d, "closing", as_=a).status for d, a in people]
    assert sorted(at_once(leave)) == [204] * (MANY - 1) + [409]
    assert in_force(world) == 1


def test_of_n_administrators_who_leave_on_a_later_day_one_stays_m7(company: Company, world: World) -> None:
    people = administrators(company, world)
    leave = [lambda d=d, a=a: company.act(d, "closing", as_=a, ends_on="2026-12-31").status for d, a in people]
    assert sorted(at_once(leave)) == [204] * (MANY - 1) + [409]


def test_of_n_confirmations_at_once_one_counts(company: Company, world: World) -> None:
    delegation_id = company.opened()
    world.identify(delegation_id, "comptable@example.com")
    world.events()
    shown = company.current(delegation_id)
    confirm = [lambda: company.act(delegation_id, "confirmation", version=shown).status] * MANY
    assert sorted(at_once(confirm)) == [204] + [412] * 7
    assert world.events() == ["delegation.confirmed"]


def test_of_n_openings_for_one_address_at_once_one_is_made(company: Company, world: World) -> None:
    assert sorted(at_once([lambda: company.ask().status] * MANY)) == [201] + [409] * 7
    assert world.events() == ["delegation.opened"]


def test_of_n_changes_from_one_version_one_is_kept_aa52(company: Company) -> None:
    delegation_id = company.confirmed()
    version = company.see(delegation_id).json["version"]
    changes = [lambda: company.change(delegation_id, version=version, colleges=["etam"]).status] * MANY
    assert sorted(at_once(changes)) == [204] + [412] * 7


def test_two_schedulers_close_each_ended_delegation_once_fa18(company: Company, world: World) -> None:
    for number in range(6):
        company.confirmed(f"c{number}@example.com", ends_on=TODAY.isoformat())
    world.events()
    world.under.clock.advance(timedelta(days=2))
    done = at_once([lambda: world.under.run_job("close_ended_delegations")] * 4)
    assert sum(done) == 6
    assert world.events() == ["delegation.closed"] * 6
