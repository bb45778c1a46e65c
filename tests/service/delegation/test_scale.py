"""Lists cost the same for 5 000 sites or 10 000 beneficiaries as for 50: a page is read in the order of an index."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import FixedClock
from backbone.ids import new_id
from services.delegation.queries.beneficiaries import beneficiaries
from services.delegation.queries.sites import sites_page
from services.delegation.storage.site_access import refresh_adherents
from services.delegation.storage.tables import delegations, site_access, sites
from tests.service.delegation.world import Company, World

SITES, PEOPLE = 5_000, 10_000


def many_sites(company: Company, world: World) -> None:
    """Give the company SITES sites at once."""
    common = {"adherent_id": company.id, "due_day": 15, "first_period": "2026-09", "last_period": None}
    rows = [
        {"id": new_id(), "siret": f"{number:014}", "nom": f"Site {number}", "nom_key": f"site {number:05}", **common}
        for number in range(SITES)
    ]
    with world.under.engine.begin() as connection:
        connection.execute(sa.insert(sites), rows)
        refresh_adherents(connection, [company.id])


def many_people(company: Company, world: World) -> None:
    """Give the company PEOPLE beneficiaries at once, copies of one."""
    one = company.confirmed("modele@example.com", kind="collaborateur")
    with world.under.engine.begin() as connection:
        row = connection.execute(sa.select(delegations).where(delegations.c.id == UUID(one))).mappings().one()
        names = [f"nom{number * 7919 % PEOPLE:05}" for number in range(PEOPLE)]
        changes = [{"id": new_id(), "nom": name, "name_key": f"{name}\x01claire"} for name in names]
        rows = [{**row, **change, "email_key": f"{change['nom']}@example.com"} for change in changes]
        connection.execute(sa.insert(delegations), rows)


def analysed(world: World) -> None:
    """Let the planner know what is there, as autovacuum would."""
    vacuum = "VACUUM ANALYZE" if world.under.engine.dialect.name == "postgresql" else "ANALYZE"
    with world.under.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(vacuum)


def plans_of(world: World, ask) -> str:
    """What the database does for every SELECT that `ask(connection)` makes, as its EXPLAIN says."""
    told: list[str] = []
    with world.under.engine.connect() as connection:
        selects: list[tuple[str, object]] = []
        sa.event.listen(connection, "before_cursor_execute", lambda *call: selects.append((call[2], call[3])))
        ask(connection)
        explain = "EXPLAIN " if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
        for statement, parameters in list(selects):
            rows = connection.exec_driver_sql(explain + statement, parameters)
            told += [" ".join(map(str, row)) for row in rows]
    return "\n".join(told)


@pytest.mark.parametrize("sort", ["raison_sociale", "-nom", "siret", "identifiant"])
def test_a_page_of_5000_sites_is_read_in_the_order_of_an_index(company: Company, world: World, sort: str) -> None:
    many_sites(company, world)
    analysed(world)
    clock = world.under.clock

    def ask(connection: Connection) -> None:
        page = sites_page(connection, clock=clock, account_id=company.founder, sort=sort)
        assert (len(page["items"]), page["total"]) == (25, SITES + 1)

    plan = plans_of(world, ask)
    assert "site_access_by_" in plan
    no_sort_no_scan(plan, site_access)


@pytest.mark.parametrize("tri", ["nom", "-nom", "role", "date_effet", "-date_fin", "courriel"])
def test_a_page_of_10000_beneficiaries_is_read_in_the_order_of_an_index(
    company: Company, world: World, tri: str
) -> None:
    many_people(company, world)
    analysed(world)
    clock: FixedClock = world.under.clock

    def ask(connection: Connection) -> None:
        asked = {"account_id": company.founder, "adherent_id": company.id, "tri": tri, "exclure_inactifs": True}
        page = beneficiaries(connection, clock=clock, **asked)
        assert (len(page["items"]), page["total"]) == (5, PEOPLE + 2)

    plan = plans_of(world, ask)
    assert "delegations_by_" in plan
    no_sort_no_scan(plan, delegations, counted=True)


def no_sort_no_scan(plan: str, table: sa.Table, *, counted: bool = False) -> None:
    """No sort; no scan of the table, but for counting it when most of it is counted."""
    assert "Sort" not in plan, plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan, plan
    scans = [
        line for line in plan.splitlines() if f"Seq Scan on {table.name}" in line or line.endswith(f"SCAN {table.name}")
    ]
    assert len(scans) <= counted, plan
