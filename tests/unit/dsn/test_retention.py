"""Months older than five civil years are not judged; what was known in them still decides about the others."""

from services.dsn.domain.alerts import AlertStatus, StoredAlert, transitions
from services.dsn.domain.evaluation import evaluate
from services.dsn.domain.facts import NO_FACTS, Facts
from services.dsn.domain.messages import Kind
from services.dsn.domain.periods import Period
from tests.unit.dsn.facts import PATIENCE, at, crm, deposit, publications, site

NOW = at("2026-11-23")
OLD, KEPT = Period(2020, 12), Period(2021, 1)


def test_an_old_site_is_judged_from_january_five_years_ago():
    months = evaluate(site("2015-01"), NO_FACTS, NOW, PATIENCE).months
    assert (min(months), months[KEPT].rule) == (KEPT, "R4")


def test_the_year_turns_at_midnight_in_paris():
    assert min(evaluate(site("2015-01"), NO_FACTS, at("2026-12-31T22:59"), PATIENCE).months) == KEPT
    assert min(evaluate(site("2015-01"), NO_FACTS, at("2026-12-31T23:00"), PATIENCE).months) == Period(2022, 1)


def test_an_open_alert_of_a_month_that_is_not_judged_any_more_is_over():
    stored = {(OLD, Kind.MISSING): StoredAlert(AlertStatus.OPEN, "MISSING")}
    months = evaluate(site("2015-01", "2020-12"), NO_FACTS, NOW, PATIENCE, [OLD]).months
    ended = [(one.status, one.rule, one.resolution) for one in transitions(months, stored)]
    assert ended == [(AlertStatus.CANCELLED, "R0", "RETENTION")]


def test_who_left_long_ago_is_still_gone():
    left = deposit("bye", str(OLD), exit_requested=True)
    found = evaluate(site("2015-01"), Facts({OLD: [left]}, publications(crm("bye", 0))), NOW, PATIENCE)
    assert {one.rule for one in found.months.values()} == {"R1"}
    assert found.next_change_at is None
