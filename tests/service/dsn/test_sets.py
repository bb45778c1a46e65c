"""Work in sets: statements do not grow with the number of sites, and each list has its index."""

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from services.dsn.queries.site_list import _asked, site_list
from services.dsn.storage import sites
from tests.service.dsn.system import ACCOUNT
from tools.dsn_synth.identifiers import siret
from tools.dsn_synth.monthly import Monthly, render, rubrics


@contextmanager
def statements(dsn):
    """The statements executed meanwhile, with their parameters."""
    seen = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        seen.append((statement, parameters))

    sa.event.listen(dsn.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(dsn.engine, "before_cursor_execute", note)


def company(dsn, number, look=True):
    """A company of `number` sites, each with two months missing; the SIRET of each."""
    sirets = [siret("732829320", one) for one in range(number)]
    common = {"due_day": 15, "first_period": "2026-08", "last_period": "2026-09"}
    some = [{"site_id": new_id(), "siret": one, "nom": f"Site {one}", **common} for one in sirets]
    dsn.referential(some, adherent_id=new_id(), look=look)
    dsn.grant(some[0]["site_id"])
    return sirets


def counted(dsn, act):
    """How many statements `act` takes."""
    with statements(dsn) as seen:
        act()
    return len(seen)


@pytest.mark.parametrize("act", ["list", "evaluate", "import"])
def test_statements_do_not_grow_with_the_sites(dsn, act):
    costs = []
    for number in (3, 30):
        sirets = company(dsn, number, look=act != "evaluate")
        lot = b"".join(render(rubrics(Monthly(siret=one, period="2026-09", seed=number))) for one in sirets)
        acts = {
            "list": lambda: dsn.get("/v1/sites?page_size=2", as_=ACCOUNT),
            "evaluate": lambda: dsn.run_job("evaluate_due_sites"),
            "import": lambda lot=lot: dsn.send(lot),
        }
        costs.append(counted(dsn, acts[act]))
    assert costs[1] <= costs[0] + 1


def plan(dsn, seen, number=0):
    """How the database would run a SELECT of `seen`, the first one by default, were its tables large."""
    statement, parameters = [one for one in seen if one[0].lstrip().startswith("SELECT")][number]
    with dsn.engine.connect() as connection, connection.begin():
        if dsn.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        explain = "EXPLAIN " if dsn.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
        return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain + statement, parameters))


def test_the_choice_screen_goes_by_the_account_then_by_its_adherents(dsn):
    """The page, and in it the count of all that there are: nothing is sorted for that, and no site of another is looked
    at. Two statements, the other one for what the page says of its alerts."""
    company(dsn, 3)
    asked = {"search": "", "alertes": False, "sort": "alertes", "page": 1, "page_size": 2}
    with statements(dsn) as seen, dsn.engine.connect() as connection, connection.begin():
        site_list(connection, account_id=ACCOUNT, clock=dsn.clock, **asked)
    told = plan(dsn, seen)
    assert told.count("access_by_account") == 2 and told.count("site_by_adherent") == 2, told
    asked = [one[0] for one in seen if one[0].lstrip().startswith("SELECT")]
    assert len(asked) == 2 and asked[0].count("ORDER BY") == 1


def test_a_list_that_was_asked_once_is_built_for_nobody_again(dsn):
    """Making its statements takes as long as counting some thousand sites (docs/decisions/0049)."""
    company(dsn, 3)
    asked = {"search": "100% a_b/c", "alertes": True, "sort": "-nom", "page": 1, "page_size": 2}

    def ask(account):
        with statements(dsn) as seen, dsn.engine.connect() as connection, connection.begin():
            site_list(connection, account_id=account, clock=dsn.clock, **asked)
        return [one[0] for one in seen]

    first, built = ask(ACCOUNT), _asked.cache_info().misses
    assert ask(new_id()) == first and _asked.cache_info().misses == built


def test_what_is_due_is_found_by_its_index(dsn):
    company(dsn, 3)
    with statements(dsn) as seen, dsn.engine.connect() as connection, connection.begin():
        sites.due(connection, dsn.clock.now(), 500)
    assert "site_due" in plan(dsn, seen)
