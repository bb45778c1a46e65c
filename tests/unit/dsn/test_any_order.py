"""Every kind of fact, in any order and with repeats: the same months, and no alert that time alone changes unseen."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.dsn.domain.deposit import Correction
from services.dsn.domain.evaluation import evaluate
from services.dsn.domain.facts import Facts, Failure, Origin, Rectification, RefusedPiece
from services.dsn.domain.periods import Period
from tests.unit.dsn.facts import PATIENCE, SIRET, at, crm, deposit, publications, site

NOW = at("2027-01-10")
MONTHS = [Period(2026, 10), Period(2026, 11), Period(2026, 12)]
DAYS = st.integers(1, 28).map(lambda day: at(f"2026-12-{day:02d}"))
FLOWS = [f"d{number}" for number in range(4)]
CORRECTIONS = st.builds(Correction, st.sampled_from(MONTHS), st.sampled_from(["", "unknown", *FLOWS]))


MONTH, FLOW = st.sampled_from(MONTHS), st.sampled_from([None, *FLOWS])
NUMBERS = st.integers(0, 9)


def few(some):
    """At most two, of different identities."""
    return st.lists(some, max_size=2, unique_by=lambda one: one.identity)


REFUSED = st.builds(
    lambda number, period, received, deposited, flow: RefusedPiece(
        f"r{number}", SIRET, period, "encodage", 1, received, deposited_at=deposited, flow_id=flow
    ),
    NUMBERS,
    MONTH,
    DAYS,
    st.none() | DAYS,
    FLOW,
)
FAILURES = st.builds(
    lambda number, when, month, flow: Failure(f"f{number}", when, "E1", SIRET, month, flow), NUMBERS, DAYS, MONTH, FLOW
)
RECTIFICATIONS = st.builds(
    lambda number, month, origin, when: Rectification(f"v{number}", SIRET, month, origin, when),
    NUMBERS,
    MONTH,
    st.sampled_from(Origin),
    DAYS,
)


@st.composite
def known(draw):
    """Facts of an establishment: (deposits, answers, refused, failures, rectifications)."""
    deposits = [
        deposit(
            name,
            str(draw(MONTH)),
            draw(st.sampled_from(["01", "01", "02", "03", "04"])),
            order=draw(st.integers(1, 2)),
            nature=draw(st.sampled_from(["01", "01", "09"])),
            substitution="02",
            replaced=draw(FLOW),
            corrections=tuple(draw(st.lists(CORRECTIONS, max_size=2))),
            deposited_at=draw(DAYS),
            received_at=draw(DAYS),
        )
        for name in sorted(draw(st.sets(st.sampled_from(FLOWS))))
    ]
    codes, days = st.sampled_from([None, 0, 0, 1, 2, 3]), st.integers(1, 28)
    flows = draw(st.lists(st.sampled_from(FLOWS), max_size=6))
    answers = [crm(flow, draw(codes), f"2026-12-{draw(days):02d}") for flow in flows]
    return deposits, answers, draw(few(REFUSED)), draw(few(FAILURES)), draw(few(RECTIFICATIONS))


def judged(facts, as_of=NOW):
    """The months that these facts make."""
    deposits, answers, *others = facts
    return evaluate(
        site(), Facts(_by_month(deposits), publications(*answers), *map(_by_month, others)), as_of, PATIENCE
    )


def _by_month(some):
    found = {}
    for one in some:
        found.setdefault(one.period, []).append(one)
    return found


@given(known(), st.data())
@settings(max_examples=200, deadline=None)
def test_any_order_and_repeats_give_the_same_months(facts, data):
    again = [data.draw(st.permutations([*kind, *kind[:2]])) for kind in facts]
    assert judged(again) == judged(facts)


@given(known(), st.integers(0, 90), st.floats(0, 1, exclude_max=True))
@settings(max_examples=200, deadline=None)
def test_between_two_looks_no_alert_changes_by_time_alone(facts, days, part):
    now = at("2026-12-01") + timedelta(days=days)
    found = judged(facts, now)
    until = min(found.next_change_at or at("2028-01-01"), now + timedelta(days=400))
    later = now + (until - now - timedelta(microseconds=1)) * part
    assert _alerts(judged(facts, later)) == _alerts(found)


def _alerts(found):
    return {(period, one.alert) for period, one in found.months.items() if one.alert}
