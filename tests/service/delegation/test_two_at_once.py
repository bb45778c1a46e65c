"""Two administrators at the same instant, again and again: whoever is first, the rules hold (M7, M4, C10).

A round is two requests that leave together; what was before is put back by hand, so that a round costs no more than
they do. Short here; `make lived` runs RACES= rounds of each.
"""

import os
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.delegation.storage.delegations import by_ids
from services.delegation.storage.tables import delegations
from tests.service.delegation.test_races import at_once
from tests.service.delegation.test_sub_delegation import FIRM, STAFF
from tests.service.delegation.world import READ, Company, World

ROUNDS = int(os.environ.get("RACES", "20"))
ONE, OTHER = "un@example.com", "deux@example.com"
USER = {"administrator": False, "colleges": ["etam"], "rights": READ, "ends_on": None, "starts_on": "2026-11-23"}


class Again:
    """The rows of some delegations as they are now, put back before each round, their versions and journal apart."""

    def __init__(self, world: World, *ids: str) -> None:
        self.world, self.ids = world, [UUID(id) for id in ids]
        query = sa.select(delegations).where(delegations.c.id.in_(self.ids))
        with world.under.engine.connect() as connection:
            rows = [dict(one) for one in connection.execute(query).mappings()]
        self.rows = [{name: value for name, value in one.items() if name != "sequence"} for one in rows]

    def set_up(self) -> None:
        """As it was; nothing is announced yet."""
        for row in self.rows:
            self.world.execute(sa.update(delegations).where(delegations.c.id == row["id"]).values(**row))
        self.world.under.clear()

    def rounds(self, *acts: Callable[[], Any]) -> Counter[tuple[Any, ...]]:
        """How many rounds answered what, in the order of `acts`; `check` after each."""
        seen: Counter[tuple[Any, ...]] = Counter()
        for _ in range(self.count):
            self.set_up()
            seen[tuple(at_once(list(acts)))] += 1
            self.check()
        print(f"\n{self.count} rounds on {self.world.under.engine.dialect.name}: {dict(seen)}")
        return seen

    @property
    def count(self) -> int:
        """Rounds: a file that one transaction at a time writes is not where they race."""
        return ROUNDS if self.world.under.engine.dialect.name == "postgresql" else min(ROUNDS, 5)

    def check(self) -> None:
        """What must hold after each round."""
        raise NotImplementedError

    def order(self) -> list[str]:
        """What was announced, in the order in which it was decided."""
        return [event.type.removesuffix(".v1") for event in self.world.under.recorded()]


def administrators(company: Company, world: World) -> tuple[str, str]:
    """Two of the company; the founder has left."""
    held = [company.confirmed(one, kind="collaborateur", administrator=True) for one in (ONE, OTHER)]
    assert company.act(company.founder_delegation, "closing").status == 204
    return held[0], held[1]


def test_two_administrators_who_close_each_other_leave_one_m7(company: Company, world: World) -> None:
    one, other = administrators(company, world)

    class Closing(Again):
        def check(self) -> None:
            with world.under.engine.connect() as connection:
                left = [held for held in by_ids(connection, self.ids).values() if held.closed_at is None]
            assert len(left) == 1, "nobody administers the company" if not left else "nobody was closed"
            assert self.order() == ["delegation.closed"]

    def closes(who: str, whose: str) -> Callable[[], int]:
        return lambda: company.act(whose, "closing", as_=world.account(who)).status

    again = Closing(world, one, other)
    seen = again.rounds(closes(ONE, other), closes(OTHER, one))
    assert all(sorted(answers)[0] == 204 and sorted(answers)[1] in (404, 409) for answers in seen), seen


def test_who_is_demoted_while_he_grants_granted_before_or_does_not_m4(company: Company, world: World) -> None:
    one, other = administrators(company, world)

    class Demoting(Again):
        def check(self) -> None:
            assert self.order() in (["delegation.opened", "delegation.changed"], ["delegation.changed"])
            world.execute(sa.delete(delegations).where(delegations.c.id.not_in(kept)))

        def set_up(self) -> None:
            super().set_up()
            self.shown = company.current(one)

    again = Demoting(world, one, other)
    kept = [*again.ids, company.founder_delegation]

    def demotes() -> int:
        headers = {"If-Match": f'"{again.shown}"'}
        path = f"{company.path}/delegations/{one}"
        return world.under.put(path, json=USER, as_=world.account(OTHER), headers=headers).status

    seen = again.rounds(demotes, lambda: company.ask("encore@example.com", as_=world.account(ONE)).status)
    assert set(seen) <= {(204, 201), (204, 403)}, seen


def test_what_the_firm_grants_while_it_is_reduced_is_within_what_is_left_c10(company: Company, world: World) -> None:
    firm = company.confirmed(FIRM, administrator=True)
    rights = {"mes_documents": "mise_a_jour", "mes_salaries": "mise_a_jour"}

    class Reducing(Again):
        def check(self) -> None:
            with world.under.engine.connect() as connection:
                parent = by_ids(connection, self.ids)[self.ids[0]]
                ids = connection.scalars(sa.select(delegations.c.id).where(delegations.c.parent_id == parent.id)).all()
                children = by_ids(connection, ids).values()
            assert all(child.effective == child.granted.meet(parent.effective) for child in children)
            world.execute(sa.delete(delegations).where(delegations.c.parent_id == parent.id))

        def set_up(self) -> None:
            super().set_up()
            self.shown = company.current(firm)

    again = Reducing(world, firm)

    def reduces() -> int:
        headers = {"If-Match": f'"{again.shown}"'}
        return world.under.put(
            f"{company.path}/delegations/{firm}", json=USER, as_=company.founder, headers=headers
        ).status

    def grants() -> int:
        return company.ask(STAFF, as_=world.account(FIRM), kind="collaborateur", rights=rights).status

    seen = again.rounds(reduces, grants)
    assert set(seen) <= {(204, 201), (204, 403)}, seen
