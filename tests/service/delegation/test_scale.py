"""Lists cost the same for 5 000 sites or 10 000 beneficiaries as for 50: a page is read in the order of an index."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import paris_day
from backbone.ids import new_id
from backbone.rights.access import grant_of
from backbone.rights.access import table as access_table
from services.delegation.queries.awaiting import awaiting
from services.delegation.queries.beneficiaries import beneficiaries
from services.delegation.queries.site_home import site_home
from services.delegation.queries.sites_page import sites_page
from services.delegation.storage.accounts import owners
from services.delegation.storage.delegations import holder
from services.delegation.storage.site_access import refresh_adherents
from services.delegation.storage.tables import accounts, delegations, site_access, sites
from tests.service.delegation.world import READ, TODAY, Company, World

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


def many_people(company: Company, world: World, count: int = PEOPLE) -> None:
    """Give the company so many beneficiaries at once, copies of one."""
    one = company.confirmed("modele@example.com", kind="collaborateur")
    with world.under.engine.begin() as connection:
        row = connection.execute(sa.select(delegations).where(delegations.c.id == UUID(one))).mappings().one()
        names = [f"nom{number * 7919 % PEOPLE:05}" for number in range(count)]
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


def test_a_page_of_5000_sites_is_read_in_the_order_of_an_index(company: Company, world: World) -> None:
    many_sites(company, world)
    analysed(world)
    for sort in ("raison_sociale", "-nom", "siret", "identifiant"):

        def ask(connection: Connection, sort: str = sort) -> None:
            page = sites_page(connection, clock=world.under.clock, account_id=company.founder, sort=sort)
            assert (len(page["items"]), page["total"]) == (25, SITES + 1)

        plan = plans_of(world, ask)
        assert "site_access_by_" in plan
        no_sort_no_scan(plan, site_access)


def test_a_page_of_10000_beneficiaries_is_read_in_the_order_of_an_index(company: Company, world: World) -> None:
    many_people(company, world)
    analysed(world)
    asked = {"account_id": company.founder, "adherent_id": company.id, "exclure_inactifs": True}
    for tri in ("nom", "-nom", "role", "date_effet", "-date_fin", "courriel"):

        def ask(connection: Connection, tri: str = tri) -> None:
            page = beneficiaries(connection, clock=world.under.clock, tri=tri, **asked)
            assert (len(page["items"]), page["total"]) == (5, PEOPLE + 2)

        plan = plans_of(world, ask)
        assert "delegations_by_" in plan
        no_sort_no_scan(plan, delegations)

    def home(connection: Connection) -> None:
        day = paris_day(world.under.clock.now())
        told = awaiting(connection, holder(connection, company.founder, company.id, day), day)
        assert told["to_confirm"]["total"] == told["ending"]["total"] == 0

    # Of the two indexes of what is not confirmed, the one of a company and the one of those to be reminded of, the
    # database takes the smaller.
    waits = ("delegations_to_confirm", "delegations_waiting")
    assert any(one in plans_of(world, home) for one in waits), "the home page looks at what is to be confirmed alone"


def test_a_home_page_reads_nothing_of_other_companies(company: Company, world: World) -> None:
    many_people(company, world)
    small = world.company(2)
    many_people(small, world, PEOPLE // 20)
    analysed(world)
    site_id = world.scalar(sa.select(sites.c.id).where(sites.c.adherent_id == small.id))
    now, settings = world.under.clock.now(), world.under.service.settings

    def ask(connection: Connection) -> None:
        asked = {"account_id": small.founder, "site_id": site_id, "since": now}
        told = site_home(connection, clock=world.under.clock, settings=settings, **asked)
        assert told["to_review"] == told["ending"]["total"] == 0

    plan = plans_of(world, ask)
    whole = [line for line in plan.splitlines() if "Seq Scan on delegations" in line or "SCAN " in line]
    assert [line for line in whole if any(name in line for name in ("delegations", "grantor", "of_it"))] == [], plan


@pytest.mark.parametrize(("tri", "way", "index"), [("nom", 1, "by_name"), ("-nom", -1, "by_name_down")])
def test_the_page_of_a_line_is_read_from_that_line_on(
    company: Company, world: World, tri: str, way: int, index: str
) -> None:
    many_people(company, world)
    analysed(world)
    asked = {"account_id": company.founder, "adherent_id": company.id, "page_size": 5, "tri": tri}
    with world.under.engine.connect() as connection:
        before = beneficiaries(connection, clock=world.under.clock, page=1000, **asked)["items"]

    def ask(connection: Connection) -> None:
        more = {"apres": before[-1]["delegation_id"], "repere": 1000}
        page = beneficiaries(connection, clock=world.under.clock, page=1001, **asked, **more)
        last, *shown = (int(one["nom"][3:]) for one in [before[-1], *page["items"]])
        assert shown == [last + way * number for number in range(1, 6)]

    plan = plans_of(world, ask)
    assert f"delegations_{index} " in plan, plan
    # SQLite finds no place in an index by an expression of it: it walks this one, in its order, from the nearer end.
    assert "name_key" in plan or (tri == "-nom" and world.under.engine.dialect.name == "sqlite"), plan
    no_sort_no_scan(plan, delegations)


def test_what_an_account_may_do_for_a_company_is_read_from_an_index(world: World) -> None:
    access, everybody = access_table(), [new_id() for _ in range(500)]
    what = {"sequence": 1, "open": True, "administrator": False, "scopes": ["etam"], "rights": READ, "starts_on": TODAY}
    rows = [
        {"grant_id": new_id(), "account_id": one, "tenant_id": new_id(), **what} for one in everybody for _ in range(20)
    ]
    with world.under.engine.begin() as connection:
        connection.execute(sa.insert(access), rows)
    analysed(world)

    def ask(connection: Connection) -> None:
        assert grant_of(connection, rows[777]["account_id"], rows[777]["tenant_id"], TODAY)

    assert "access_by_account" in plans_of(world, ask)


def test_whose_an_address_is_is_read_from_an_index(world: World) -> None:
    every = range(PEOPLE)
    many = [{"account_id": new_id(), "sequence": 1, "email": f"Personne.{one}@example.com"} for one in every]
    with world.under.engine.begin() as connection:
        connection.execute(sa.insert(accounts), many)
    analysed(world)

    def ask(connection: Connection) -> None:
        assert owners(connection, "personne.7@example.com") == [many[7]["account_id"]]

    assert "accounts_by_email" in plans_of(world, ask)


def no_sort_no_scan(plan: str, table: sa.Table) -> None:
    """No sort; no scan but the one that counts, which PostgreSQL prefers where one company fills the table."""
    assert "Sort" not in plan, plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan, plan
    scans = [line for line in plan.splitlines() if f"Seq Scan on {table.name}" in line or f"SCAN {table.name}" in line]
    assert len(scans) <= 1, plan
