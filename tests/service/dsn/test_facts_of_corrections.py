"""A declaration told as a fact says all that one in a file says: what it corrects, replaces, stands for (R16)."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from services.dsn.storage.tables import alert, declaration
from tests.service.dsn.system import SIRET
from tests.service.dsn.test_facts import PUBLISHED, RECEIVED, carry, fact, tell
from tests.service.dsn.test_suivi import months
from tools.dsn_synth.monthly import Monthly

OCTOBER = Monthly(siret=SIRET, period="2026-10", deposited_at=datetime(2026, 11, 21, 9, 30))
MONTH = {"period": "2026-09", "quote": None}
QUOTE = {"period": None, "quote": RECEIVED["flow_id"]}
LATER = {**RECEIVED, "flow_id": OCTOBER.flow, "period": "2026-10", "deposited_at": "2026-11-21T08:30:00+00:00"}
SUBSTITUTE = {**RECEIVED, "flow_id": "instead", "nature": "09", "order": 2, "substitution": "02"}


def accepted(flow: str) -> dict:
    """The caisse accepts it, later than it asked."""
    told = {**PUBLISHED, "flow_id": flow, "status": "OK", "code": "0", "returns": []}
    return fact(f"ok-{flow}", "crm.published", {**told, "published_at": "2026-11-22T16:00:00+00:00"})


@pytest.fixture
def asked(dsn):
    """A site whose September is to be rectified, by facts alone; its id."""
    site_id = dsn.site(last="2026-10")
    dsn.grant(site_id)
    tell(dsn, fact("d", "declaration.received", RECEIVED), fact("c", "crm.published", PUBLISHED))
    carry(dsn)
    return site_id


def told(dsn):
    """How the alert of September stands."""
    columns = (alert.c.status, alert.c.resolution)
    return [tuple(one) for one in dsn.rows(sa.select(*columns).where(alert.c.period == "2026-09", alert.c.kind == "B"))]


@pytest.mark.parametrize("corrections", [[MONTH], [QUOTE], [{}, MONTH, QUOTE]], ids=["month", "answer", "both"])
def test_a_correction_told_as_a_fact_ends_the_alert_of_its_month(dsn, asked, corrections):
    assert told(dsn) == [("OPEN", None)]
    tell(dsn, fact("later", "declaration.received", {**LATER, "corrections": corrections}))
    carry(dsn)
    assert told(dsn) == [("IN_CORRECTION", None)]
    tell(dsn, accepted(OCTOBER.flow))
    carry(dsn)
    assert told(dsn) == [("RESOLVED", "REGULARISED_LATER")]


def test_a_substitution_told_as_a_fact_ends_it(dsn, asked):
    tell(dsn, fact("instead", "declaration.received", SUBSTITUTE), accepted("instead"))
    carry(dsn)
    assert told(dsn) == [("RESOLVED", "SUBSTITUTION")]


def test_a_replacement_told_as_a_fact_takes_the_place_of_what_it_names(dsn):
    """Another declarant takes over: without the name both would count."""
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    first = {**RECEIVED, "business_id": "abc", "declarant": SIRET}
    second = {**RECEIVED, "flow_id": "second", "type": "03", "order": 2, "declarant": "40483304800022"}
    tell(dsn, fact("1", "declaration.received", first), fact("c", "crm.published", PUBLISHED))
    tell(dsn, fact("2", "declaration.received", {**second, "replaced": "abc"}), accepted("second"))
    carry(dsn)
    assert [one["state"] for one in months(dsn, site_id) if one["periode"] == "2026-09"] == ["ACCEPTEE"]


def test_what_a_fact_says_is_kept_as_a_file_s_would_be(dsn, asked):
    more = {"business_id": "own", "substitution": "01", "corrections": [QUOTE, MONTH, MONTH]}
    tell(dsn, fact("later", "declaration.received", {**LATER, **more}))
    carry(dsn)
    columns = (declaration.c.business_id, declaration.c.substitution, declaration.c.corrections)
    (found,) = dsn.rows(sa.select(*columns).where(declaration.c.period == "2026-10"))
    assert tuple(found)[:2] == ("own", "01")
    assert sorted(found.corrections, key=str) == sorted([["2026-09", ""], [None, RECEIVED["flow_id"]]], key=str)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"business_id": "a b"}, "business_id"),
        ({"substitution": "9"}, "substitution"),
        ({"corrections": [{"period": "2026-13"}]}, "corrections"),
        ({"corrections": [{"period": "2026-09", "amount": "12"}]}, "corrections"),
        ({"corrections": [MONTH] * 65}, "corrections"),
    ],
)
def test_what_is_wrong_in_it_is_refused(dsn, wrong, field):
    (one,) = tell(dsn, fact("w", "declaration.received", {**LATER, **wrong}))
    assert (one["status"], one["code"], one["fields"]) == ("REFUSED", "fait_illisible", [field])


def test_an_answer_that_never_comes_is_flagged_for_the_caisse_and_not_for_people(dsn):
    """R10: fifteen days after the deposit; the user can do nothing about it, so he reads nothing of it."""
    site_id = dsn.site(first="2026-10", last="2026-10")
    dsn.grant(site_id)
    dsn.clock.set(datetime(2026, 11, 23, 9, tzinfo=UTC))
    dsn.declare("2026-10", deposited_at=datetime(2026, 11, 10, 9, 30))
    flags = []
    for now in ("2026-11-25T08:30:00", "2026-11-25T08:30:01"):
        dsn.at(now)
        (one,) = dsn.get(f"/v1/establishments/{SIRET}/suivi/2026-10", machine=["dsn:write"]).json["sites"]
        flags.append((one["rule"], one["answer_overdue"], one["alerts"]))
        mine = dsn.get(f"/v1/sites/{site_id}/suivi/2026-10", as_="01930000-0000-7000-8000-0000000000c1").json
        assert "answer_overdue" not in mine and mine["advice"][0].startswith("Vous n'avez rien à faire")
    assert flags == [("R10", False, []), ("R10", True, [])]
