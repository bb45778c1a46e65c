"""What dsn and contact say was used: kept beside what pages tell, whatever order it comes in (decision 64)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from backbone.ids import new_id
from contracts.events.contact import CONTACT_USED
from contracts.events.dsn import DSN_USED
from contracts.words.functions import DSN
from services.delegation.storage.tables import uses
from tests.service.delegation.ground import Ground
from tests.service.delegation.test_home import use
from tests.service.delegation.test_review import TWO, seen
from tests.service.delegation.world import Company, World

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A company to be had anew for each example."""
    ground = Ground(tmp_path_factory.mktemp("uses") / "service.db")
    yield ground
    ground.under.close()


def used(company: Company, who: UUID, day: date | datetime = NOON, *codes: str, **more: Any) -> None:
    """dsn says so."""
    card = CONTACT_USED if codes == ("nous_contacter",) else DSN_USED
    at = day if isinstance(day, datetime) else datetime.combine(day, NOON.timetz())
    place = {"adherent_id": company.id, "account_id": who, **more}
    said = {"use_id": new_id(), **place, "codes": list(codes or DSN[:1]), "day": at.date(), "at": at}
    company.world.under.deliver(card, said)


def kept(world: World) -> list[tuple[Any, ...]]:
    """All that is known of uses."""
    with world.under.engine.connect() as connection:
        columns = (uses.c.account_id, uses.c.code, uses.c.day, uses.c.at)
        return sorted(map(tuple, connection.execute(sa.select(*columns))))


def test_the_review_shows_what_they_say(company: Company, world: World) -> None:
    company.confirmed("adjoint@example.com", kind="collaborateur", rights={**TWO, DSN[0]: "consultation"})
    him = world.account("adjoint@example.com")
    used(company, him)
    used(company, him, NOON, "nous_contacter")
    use(company, "mes_documents", as_=him)
    (line,) = seen(company)["items"]
    assert line["used"] == {DSN[0]: "2026-11-20", "mes_documents": "2026-11-23", "nous_contacter": "2026-11-20"}


def test_of_a_stranger_nothing_is_kept_and_nothing_breaks(company: Company, world: World) -> None:
    used(company, company.founder, NOON, adherent_id=new_id())
    used(company, company.founder, NOON, "a_function_to_come", "mes_salaries")
    assert [code for _, code, _, _ in kept(world)] == ["mes_salaries"]


def greatest(days: Iterable[tuple[UUID, str, date]]) -> dict[tuple[UUID, str], date]:
    """The last day of each."""
    found: dict[tuple[UUID, str], date] = {}
    for who, code, day in days:
        found[who, code] = max(day, found.get((who, code), date.min))
    return found


moments = st.integers(0, 3).flatmap(
    lambda day: st.integers(0, 23).map(lambda hour: NOON.replace(hour=hour) + timedelta(days=day))
)
told = st.lists(st.tuples(st.integers(0, 1), st.sampled_from([*DSN, "nous_contacter"]), moments), max_size=8)


@given(told.flatmap(lambda said: st.tuples(st.just(said), st.permutations([*said, *said[:2]]))))
def test_order_and_repeats_change_nothing(ground: Ground, both: tuple[Any, Any]) -> None:
    said, otherwise = both
    results = []
    for order in (said, otherwise):
        company = ground.anew()
        people = [company.founder, UUID(int=5)]
        for who, code, at in order:
            used(company, people[who], at, code)
        results.append(kept(ground.world))
        last = greatest((people[who], code, at.date()) for who, code, at in said)
        assert greatest((who, code, day) for who, code, day, _ in results[-1]) == last
    assert results[0] == results[1]
