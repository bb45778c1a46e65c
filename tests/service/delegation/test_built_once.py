"""A list that everybody opens asks few statements, built once for everybody (decisions 49 and 67)."""

import pytest
import sqlalchemy as sa

from services.delegation.storage.tables import sites
from tests.service.delegation.world import Company, World
from tests.support.statements import built, statements


@pytest.mark.parametrize("query", ["", "?sort=-nom&search=50%25+site&page=2"])
def test_the_page_of_sites_is_built_for_nobody_again(company: Company, world: World, query: str) -> None:
    other = world.company(2)

    def ask(who: Company) -> None:
        assert world.under.get(f"/v1/sites{query}", as_=who.founder).status == 200

    engine = world.under.engine
    first, again = (built(engine, lambda who=who: ask(who)) for who in (company, other))
    assert first and [id(one) for one in first] == [id(one) for one in again]


def test_the_first_page_and_who_asks_are_two_questions_that_open_no_transaction(company: Company, world: World) -> None:
    world.under.get("/v1/sites", as_=company.founder)
    sent = statements(world.under.engine, lambda: world.under.get("/v1/sites", as_=company.founder))
    asked = [one for one in sent if not one.startswith("BEGIN DEFERRED")]  # SQLite's, and free of a round trip
    assert len(asked) == 2, sent


def test_who_asks_and_what_he_asks_take_one_connection_which_is_back_when_it_is_answered(
    company: Company, world: World
) -> None:
    taken: list[str] = []
    engine = world.under.engine
    for name in ("checkout", "checkin"):
        sa.event.listen(engine, name, lambda *_, name=name: taken.append(name))
    assert world.under.get("/v1/sites", as_=company.founder).status == 200
    assert taken == ["checkout", "checkin"]
    taken.clear()
    assert world.under.get("/v1/sites?sort=rien", as_=company.founder).status == 422
    assert taken == ["checkout", "checkin"]


def test_what_each_page_of_a_space_begins_with_is_built_once(company: Company, world: World) -> None:
    site = world.scalar(sa.select(sites.c.id).where(sites.c.adherent_id == company.id))
    first, again = (
        built(world.under.engine, lambda: world.under.get(f"/v1/sites/{site}", as_=company.founder)) for _ in range(2)
    )
    assert first and [id(one) for one in first] == [id(one) for one in again]
