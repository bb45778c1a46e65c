"""A question about one site: it, the right and what is known of it are one statement, and nothing else is asked for."""

import pytest
import sqlalchemy as sa

from services.dsn.domain.site import Patience
from services.dsn.queries.rights import TO_JUDGE, seen
from services.dsn.storage import sites
from services.dsn.storage.facts import facts_at, facts_of
from services.dsn.storage.tables import site
from tests.service.dsn.system import ACCOUNT, SIRET
from tests.service.dsn.test_facts import ALL, FAILED, ONE, carry, fact, tell
from tests.service.dsn.test_refused_facts import BROKEN
from tests.support.statements import built

BY_FLOW = fact("f2", "processing.failed", {**FAILED, "siret": None, "period": None, "flow_id": ONE.flow})
KINDS = {
    "nothing": [],
    "a declaration": ALL[:1],
    "a declaration with its answer": ALL[:2],
    "a failure that names the site": ALL[2:3],
    "a failure that names the flow of a declaration": [ALL[0], BY_FLOW],
    "a failure that names the flow of nothing known": [BY_FLOW],
    "a rectification": ALL[3:4],
    "a due date that is moved": ALL[4:],
    "all of it": [*ALL, BY_FLOW],
}


@pytest.fixture
def site_id(dsn):
    """A site that expects September alone."""
    found = dsn.site(last="2026-09")
    dsn.grant(found)
    return found


@pytest.mark.parametrize("refused", [False, True], ids=["", "with a refused piece"])
@pytest.mark.parametrize("told", KINDS.values(), ids=KINDS)
def test_one_site_is_judged_from_what_a_set_of_sites_is(dsn, site_id, told, refused):
    if refused:
        dsn.send(BROKEN)
    if told:
        tell(dsn, *told)
    carry(dsn)
    patience = dsn.service.port(Patience)
    with dsn.engine.connect() as connection:
        row, _ = seen(connection, ACCOUNT, site_id, dsn.clock, TO_JUDGE)
        whole = connection.execute(sa.select(site)).all()
        assert facts_at(connection, row) == facts_of(connection, [SIRET])[SIRET]
        assert sites.life_at(connection, row, patience) == sites.lives_of(connection, whole, patience)[site_id]


@pytest.mark.parametrize(
    ("path", "known", "most"),
    [
        ("alerts?view=home&messages=false", [], 2),
        ("alerts?view=home", [], 3),
        ("alerts?view=home&ahead=true", [], 3),
        ("suivi", [], 3),
        ("suivi?alerts=true", [], 3),
        ("suivi", ALL[:2], 5),
    ],
    ids=["bell", "its alerts", "what is due next", "months", "months with alerts", "months with an answer"],
)
def test_a_question_about_a_site_is_few_statements_made_once(dsn, site_id, path, known, most):
    """The session with the signs of life first (decision 69)."""
    if known:
        tell(dsn, *known)
    carry(dsn)

    def ask():
        assert dsn.get(f"/v1/sites/{site_id}/{path}", as_=ACCOUNT).status == 200

    ask()  # the first of a day is a use, and is written
    first, again = built(dsn.engine, ask), built(dsn.engine, ask)
    assert len(first) == most
    assert [id(one) for one in first] == [id(one) for one in again]


def test_several_grants_are_one_line_of_the_numbers(dsn, site_id):
    dsn.grant(site_id, rights={"declarations_salaires": "mise_a_jour"})
    dsn.grant(site_id, rights={})
    told = dsn.get(f"/v1/sites/{site_id}/alerts?view=home&messages=false", as_=ACCOUNT).json
    assert (told["count"], told["news"], told["may_take"]) == (1, 1, True)
    assert dsn.get(f"/v1/sites/{site_id}/alerts?view=home", as_=ACCOUNT).json["count"] == 1


@pytest.mark.parametrize("right", ["consultation", "mise_a_jour"])
def test_the_alerts_beside_the_months_are_those_of_the_bell(dsn, right):
    found = dsn.site(first="2026-07", last="2026-10")
    dsn.grant(found, rights={"declarations_nominatives": right})
    bell = dsn.get(f"/v1/sites/{found}/alerts?view=home", as_=ACCOUNT).json
    dsn.post(f"/v1/alerts/{bell['items'][1]['alert_id']}/seen", json={}, as_=ACCOUNT)
    bell = dsn.get(f"/v1/sites/{found}/alerts?view=home", as_=ACCOUNT).json
    assert (bell["count"], bell["news"]) == (3, 2)
    for asked in ("alerts=true", "alerts=true&year=2025", "alerts=true&todo=true&sort=statut"):
        assert dsn.get(f"/v1/sites/{found}/suivi?{asked}", as_=ACCOUNT).json["alerts"] == bell
    assert dsn.get(f"/v1/sites/{found}/suivi", as_=ACCOUNT).json["alerts"] is None
