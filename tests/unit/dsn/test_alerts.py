"""Alerts as the difference between wanted and stored: lifecycle, and any order of facts giving the same ones."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.dsn.domain.alerts import AlertStatus, Change, StoredAlert, open_count, transitions
from services.dsn.domain.evaluation import evaluate
from services.dsn.domain.facts import Facts
from services.dsn.domain.messages import Kind
from services.dsn.domain.periods import Period
from tests.unit.dsn.facts import OCTOBER, PATIENCE, at, crm, deposit, publications, site

NOW = at("2026-12-30")


def look(deposits=(), answers=(), life=None, as_of=NOW, stored=None):
    """The site's evaluation and the transitions it calls for."""
    by_period = {}
    for one in deposits:
        by_period.setdefault(one.period, []).append(one)
    also = {period for period, _ in stored or {}}
    found = evaluate(life or site(), Facts(by_period, publications(*answers)), as_of, PATIENCE, also)
    return found, transitions(found.months, stored or {})


def applied(stored, changes):
    """`stored` once `changes` are made."""
    return {**stored, **{one.cell: StoredAlert(one.status, one.reason) for one in changes}}


def walk(*steps):
    """The changes of each step, a step being the arguments of `look`."""
    stored, told = {}, []
    for step in steps:
        _, changes = look(stored=stored, **step)
        told.append([(one.change, one.cell[1], one.resolution) for one in changes if one.cell[0] == OCTOBER])
        stored = applied(stored, changes)
    return told


def test_missing_then_late_then_to_rectify_then_replaced():
    """docs/dsn.md, Alerts."""
    first, second = deposit(), deposit("second", type="03", order=2, deposited_at=at("2026-12-20"))
    bad, good = crm("first", 2), crm("second", 0, "2026-12-28")
    assert walk({}, {"deposits": [first]}, {"deposits": [first], "answers": [bad]}) == [
        [(Change.RAISED, Kind.MISSING, None)],
        [(Change.RESOLVED, Kind.MISSING, "RECEIVED")],
        [(Change.RAISED, Kind.TO_RECTIFY, None)],
    ]
    assert walk(
        {"deposits": [first], "answers": [bad]},
        {"deposits": [first, second], "answers": [bad]},
        {"deposits": [first, second], "answers": [bad, good]},
    ) == [
        [(Change.RAISED, Kind.TO_RECTIFY, None)],
        [(Change.CORRECTION_STARTED, Kind.TO_RECTIFY, None)],
        [(Change.RESOLVED, Kind.TO_RECTIFY, "LATE_ACCEPTED")],
    ]


def test_a_missing_one_that_comes_with_anomalies_changes_kind_at_once():
    """docs/dsn.md, Alerts: A resolves and B is raised in the same transaction."""
    assert walk({}, {"deposits": [deposit()], "answers": [crm("first", 1)]})[1] == [
        (Change.RAISED, Kind.TO_RECTIFY, None),
        (Change.RESOLVED, Kind.MISSING, "RECEIVED"),
    ]


def test_accepted_then_overwritten_reopens_the_same_alert():
    """docs/dsn.md, Answers and Alerts."""
    facts = {"deposits": [deposit()]}
    steps = walk(
        {**facts, "answers": [crm("first", 1, "2026-11-20")]},
        {**facts, "answers": [crm("first", 0, "2026-11-21")]},
        {**facts, "answers": [crm("first", 1, "2026-11-22")]},
    )
    assert [step[0][0] for step in steps] == [Change.RAISED, Change.RESOLVED, Change.REOPENED]


def test_a_closed_site_cancels_what_is_open():
    """R1."""
    changes = walk({}, {"life": site(last="2026-09")})[1]
    assert changes == [(Change.CANCELLED, Kind.MISSING, "SITE_CLOSED")]


def test_an_accepted_request_to_leave_ends_expectations():
    """R1, S21.G00.11.024."""
    leaving = deposit(exit_requested=True)
    found, _ = look([leaving], [crm("first", 0)], as_of=at("2027-06-01"))
    assert [month.rule for month in found.months.values()][:2] == ["R15", "R1"]
    assert found.next_change_at is None


def test_the_next_change_is_the_end_of_the_next_grace():
    found, _ = look(as_of=at("2026-11-17"))
    assert found.next_change_at.isoformat() == "2026-11-24T11:00:00.000001+00:00"


def test_a_site_to_come_is_looked_at_when_its_first_month_may_lack():
    found, changes = look(life=site("2027-05"))
    assert found.next_change_at > at("2027-06-15") and not changes


def test_what_is_in_correction_does_not_count():
    assert open_count([AlertStatus.OPEN, AlertStatus.IN_CORRECTION, AlertStatus.RESOLVED]) == 1


PERIODS = st.sampled_from(["2026-10", "2026-11", "2026-12"])
DEPOSITS = st.builds(
    lambda serial, period, type, fraction, order, declarant, is_test, day: deposit(
        f"d{serial}",
        period,
        type,
        fraction,
        order=order,
        declarant=declarant,
        is_test=is_test,
        deposited_at=at(f"2026-12-{day:02d}"),
    ),
    st.integers(0, 10**6),
    PERIODS,
    st.sampled_from(["01", "01", "02", "03", "04", "05"]),
    st.sampled_from(["11", "11", "12", "22"]),
    st.integers(0, 3),
    st.sampled_from(["A", "B"]),
    st.booleans(),
    st.integers(1, 28),
)


@st.composite
def histories(draw):
    """Facts, and the same ones shuffled with repeats."""
    deposits = draw(st.lists(DEPOSITS, max_size=6, unique_by=lambda one: one.identity))
    names = [one.identity for one in deposits]
    answers = [
        crm(name, draw(st.sampled_from([None, 0, 1, 2, 3])), f"2026-12-{draw(st.integers(1, 28)):02d}")
        for name in names
        for _ in range(draw(st.integers(0, 2)))
    ]
    again = draw(st.permutations(deposits + draw(st.lists(st.sampled_from(deposits), max_size=3)) if deposits else []))
    answers_again = draw(st.permutations(answers + answers[:1]))
    return (deposits, answers), (again, answers_again)


@given(histories())
@settings(max_examples=120, deadline=None)
def test_any_order_and_repeats_give_the_same_months_and_alerts(both):
    """docs/dsn.md, Months."""
    (deposits, answers), (again, answers_again) = both
    once, twice = look(deposits, answers), look(again, answers_again)
    assert once == twice


@given(histories(), histories())
@settings(max_examples=60, deadline=None)
def test_the_alerts_do_not_depend_on_what_was_believed_before(before, after):
    """Whatever is stored, applying the difference leads to the same living alerts."""
    _, first = look(*before[0])
    _, changes = look(*after[0], stored=applied({}, first))
    _, fresh = look(*after[0])
    living = applied(applied({}, first), changes)
    expected = applied({}, fresh)
    assert {cell: one for cell, one in living.items() if one.status in ("OPEN", "IN_CORRECTION")} == expected


def test_periods_before_the_site_are_evaluated_when_something_came():
    found, _ = look([deposit(period="2026-08")])
    assert Period(2026, 8) in found.months and found.months[Period(2026, 8)].rule == "R1"
