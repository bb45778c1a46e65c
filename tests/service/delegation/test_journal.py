"""The journal keeps what was done (D18), and nobody rewrites it."""

import pytest
import sqlalchemy as sa

from services.delegation.storage.tables import journal
from tests.service.delegation.world import READ, Company, World


def test_each_act_is_kept_with_its_author_and_scope(company: Company, world: World) -> None:
    delegation_id = company.confirmed()
    company.change(delegation_id, colleges=["etam"])
    company.act(delegation_id, "closing")
    path = f"{company.path}/delegations/{delegation_id}/journal"
    entries = world.under.get(path, as_=company.founder).json["items"]
    acts = ["ouverture", "identification", "confirmation", "modification", "fermeture"]
    assert [one["act"] for one in entries] == acts
    assert [one["scope"]["colleges"] for one in entries][2:4] == [["ouvriers", "etam", "cadres"], ["etam"]]
    assert entries[0]["scope"]["rights"] == READ


def test_the_founder_was_opened_by_the_referential_and_came_in_himself(company: Company, world: World) -> None:
    entries = world.under.get(
        f"{company.path}/delegations/{company.founder_delegation}/journal", as_=company.founder
    ).json["items"]
    assert [one["author"] for one in entries] == ["Référentiel de la caisse", "Claire Martin", "Claire Martin"]


def test_a_refused_act_leaves_no_entry(company: Company, world: World) -> None:
    before = world.scalar(sa.select(sa.func.count()).select_from(journal))
    assert company.ask("patron1@example.com").status == 422
    assert company.act(company.founder_delegation, "closing").status == 409
    assert world.scalar(sa.select(sa.func.count()).select_from(journal)) == before


@pytest.mark.parametrize("statement", [sa.update(journal).values(act="rien"), sa.delete(journal)])
def test_the_database_refuses_to_rewrite_it(company: Company, world: World, statement: sa.Executable) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        world.execute(statement)
