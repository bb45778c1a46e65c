"""After the due date a month is corrected elsewhere: the alert ends with its proof when the caisse accepts it (R16)."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from services.dsn.domain.facts import Failure, Origin, Rectification
from services.dsn.domain.periods import Period
from services.dsn.steps.store_events import store_failures, store_rectifications
from services.dsn.storage.tables import alert, alert_event
from tests.service.dsn.system import SIRET
from tests.service.dsn.test_suivi import answer, months

SEPTEMBER = Period(2026, 9)


@pytest.fixture
def asked(dsn):
    """A site whose September has to be rectified; its id."""
    site_id = dsn.site(last="2026-10")
    dsn.grant(site_id)
    dsn.declare("2026-09")
    answer(dsn, "2026-09", 2, "2026-11-20")
    assert told(dsn) == [("OPEN", None, None)]
    return site_id


def told(dsn):
    """The alert of September."""
    columns = (alert.c.status, alert.c.resolution, alert.c.proof)
    found = dsn.rows(sa.select(*columns).where(alert.c.period == "2026-09", alert.c.kind == "B"))
    return [(one.status, one.resolution, one.proof and "proof") for one in found]


def state(dsn, site_id):
    return {one["periode"]: one["state"] for one in months(dsn, site_id)}["2026-09"]


def test_a_correction_in_a_later_month_ends_it_when_accepted(dsn, asked):
    later = {"corrects": "2026-09", "deposited_at": datetime(2026, 11, 21, 9)}
    dsn.declare("2026-10", **later)
    assert told(dsn) == [("IN_CORRECTION", None, None)]
    answer(dsn, "2026-10", 0, "2026-11-22", **later)
    assert told(dsn) == [("RESOLVED", "REGULARISED_LATER", "proof")] and state(dsn, asked) == "RECTIFIEE"
    (last,) = dsn.rows(sa.select(alert_event).where(alert_event.c.change == "RESOLVED", alert_event.c.rule == "R16"))
    assert (last.resolution, len(last.proof)) == ("REGULARISED_LATER", 64)


def test_a_substitution_ends_it(dsn, asked):
    instead = {"nature": "09", "substitution": "02", "order": 2, "deposited_at": datetime(2026, 11, 21, 9)}
    assert dsn.declare("2026-09", **instead)["status"] == "OK"
    answer(dsn, "2026-09", 0, "2026-11-22", **instead)
    assert told(dsn) == [("RESOLVED", "SUBSTITUTION", "proof")]


def test_a_validated_rectification_ends_it(dsn, asked):
    said = Rectification("event", SIRET, SEPTEMBER, Origin.ONLINE, datetime(2026, 11, 22, tzinfo=UTC))
    for _ in range(2):
        with dsn.unit() as uow:
            store_rectifications([said], uow)
            uow.commit()
        dsn.run_job("evaluate_due_sites")
    assert told(dsn) == [("RESOLVED", "RECTIFIED_ONLINE", "proof")] and state(dsn, asked) == "RECTIFIEE"


@pytest.mark.parametrize("named", ["month", "flow"])
def test_a_failure_of_the_caisse_is_an_anomaly(dsn, asked, named):
    from tools.dsn_synth.monthly import Monthly

    flow = Monthly(siret=SIRET, period="2026-09").flow
    who = {"siret": SIRET, "period": SEPTEMBER} if named == "month" else {"flow_id": flow, "flow_rank": "1"}
    with dsn.unit() as uow:
        store_failures([Failure("event", datetime(2026, 11, 22, tzinfo=UTC), "E042", **who)], uow)
        uow.commit()
    dsn.run_job("evaluate_due_sites")
    assert state(dsn, asked) == "EN_ANOMALIE"


def test_ranks_with_zeros_are_the_same_rank(dsn):
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    assert dsn.declare("2026-09", rank="01")["status"] == "OK"
    assert dsn.declare("2026-09")["code"] in ("deja_recue", "flux_reutilise")
    answer(dsn, "2026-09", 0, rank="001")
    assert state(dsn, site_id) == "ACCEPTEE"
