"""When a site is to be looked at again: before then no alert changes by time alone, however long nothing comes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dsn.domain.evaluation import evaluate
from services.dsn.domain.facts import Facts
from tests.unit.dsn.facts import PATIENCE, at, crm, deposit, publications, site

MONTHS = ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]
HORIZON = timedelta(days=800)


def alerts(life, deposits, answers, as_of, patience=PATIENCE):
    """What is wanted at an instant: (month, kind, reason) of each alert, and when to look again."""
    by_period = {}
    for one in deposits:
        by_period.setdefault(one.period, []).append(one)
    found = evaluate(life, Facts(by_period, publications(*answers)), as_of, patience)
    wanted = {(period, one.alert) for period, one in found.months.items() if one.alert}
    return wanted, found.next_change_at


def test_a_site_that_declared_ahead_is_looked_at_when_a_later_month_may_lack():
    declared = [deposit(month, month, deposited_at=at("2026-11-24")) for month in ("2026-09", "2026-10", "2026-11")]
    answers = [crm(month, 0) for month in ("2026-09", "2026-10", "2026-11")]
    wanted, again = alerts(site("2026-09"), declared, answers, at("2026-11-24T12:00"))
    assert (wanted, again is not None and again < at("2027-01-27")) == (set(), True)


@pytest.mark.parametrize("last", ["2026-11", "2026-10"])
def test_nothing_is_waited_for_after_the_last_month(last):
    declared = [deposit(month, month) for month in MONTHS[:3]]
    answers = [crm(month, 0) for month in MONTHS[:3]]
    assert alerts(site("2026-09", last), declared, answers, at("2026-12-20"))[1] is None


deposits = st.lists(
    st.builds(
        lambda month, day, fraction, neant: deposit(
            f"{month}{day}{fraction}", month, "02" if neant else "01", fraction, deposited_at=at(f"2026-11-{day:02}")
        ),
        st.sampled_from(MONTHS),
        st.integers(1, 30),
        st.sampled_from(["11", "12", "22"]),
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda one: one.identity,
)


@given(
    deposits,
    st.integers(0, len(MONTHS)),
    st.data(),
    st.sampled_from([None, "2026-12", "2027-03"]),
    st.integers(0, 200),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from([PATIENCE, replace(PATIENCE, kept_years=0)]),
)
def test_between_two_looks_no_alert_changes_by_time_alone(some, complete, data, last, days, part, patience):
    accepted = [deposit(f"ok{month}", month, deposited_at=at("2026-11-01")) for month in MONTHS[:complete]]
    declared = [*some, *accepted]
    answered = data.draw(st.lists(st.sampled_from(some), unique_by=id)) if some else []
    answers = [crm(one.flow_id, data.draw(st.sampled_from([None, 0, 1, 2, 3]))) for one in answered]
    answers += [crm(one.flow_id, 0) for one in accepted]
    life = site("2026-09", last, opened_at=at("2026-10-20"))
    now = at("2026-11-01") + timedelta(days=days)
    wanted, again = alerts(life, declared, answers, now, patience)
    until = min(again or now + HORIZON, now + HORIZON)
    later = now + (until - now - timedelta(microseconds=1)) * part
    assert alerts(life, declared, answers, later, patience)[0] == wanted
