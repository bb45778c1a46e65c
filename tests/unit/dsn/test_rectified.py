"""A month put right after its due date (R16): the alert ends when the correction is accepted, with its proof."""

import pytest

from services.dsn.domain.alerts import AlertStatus, StoredAlert, transitions
from services.dsn.domain.deposit import Correction
from services.dsn.domain.evaluation import evaluate
from services.dsn.domain.facts import Facts, Origin, Rectification, Why
from services.dsn.domain.messages import Kind
from services.dsn.domain.periods import Period
from tests.unit.dsn.facts import OCTOBER, PATIENCE, SIRET, at, crm, deposit, publications, site

NOVEMBER, DECEMBER = Period(2026, 11), Period(2026, 12)
LATER = at("2027-01-02")
ASKED = (deposit(), crm("first", 2))


def correction(name="later", period="2026-11", **said):
    told = {"corrections": (Correction(OCTOBER),), "deposited_at": at("2026-12-10"), **said}
    return deposit(name, period, **told)


def evaluated(*deposits, answers=(), rectifications=(), as_of=LATER):
    """All the months."""
    by_period = {}
    for one in (ASKED[0], *deposits):
        by_period.setdefault(one.period, []).append(one)
    facts = Facts(by_period, publications(ASKED[1], *answers), rectifications={OCTOBER: rectifications})
    return evaluate(site(), facts, as_of, PATIENCE)


def october(*deposits, **options):
    return evaluated(*deposits, **options).months[OCTOBER]


def validated(origin, day="2026-12-01"):
    return Rectification("event", SIRET, OCTOBER, origin, at(day))


def test_an_accepted_base_of_a_later_month_rectifies():
    found = october(correction(), answers=[crm("later", 0, "2026-12-20")])
    assert (found.rule, found.state, found.label, found.alert) == ("R16", "RECTIFIEE", "Rectifiée", None)
    assert (found.proof.resolution, found.proof.fact.identity) == ("REGULARISED_LATER", "later")
    assert found.counted == (found.proof.fact,)


@pytest.mark.parametrize("answer", [1, 2, 3])
def test_one_that_is_not_accepted_proves_nothing(answer):
    found = october(correction(), answers=[crm("later", answer, "2026-12-20")])
    assert (found.rule, [one.why for one in found.ignored]) == ("R12", [Why.NOT_ACCEPTED])


def test_while_the_caisse_judges_it_the_alert_is_in_correction():
    found = october(correction(), as_of=at("2026-12-20"))
    assert (found.rule, found.alert.in_correction, found.next_change_at) > ("R12", True, at("2026-12-25"))
    over = october(correction(), as_of=at("2026-12-26"))
    assert (over.alert.in_correction, over.next_change_at) == (False, None)


@pytest.mark.parametrize(
    "said",
    [
        {"is_test": True},
        {"fund_codes": {"BTPXXX": 3}},
        {"nature": "07"},
        {"corrections": (Correction(Period(2026, 9)),)},
        {"period": "2026-09"},
    ],
)
def test_what_does_not_correct_it(said):
    assert october(correction(**said), answers=[crm("later", 0, "2026-12-20")]).rule == "R12"


def test_a_correction_that_is_replaced_by_a_declaration_without_it_is_none():
    again = correction("again", type="03", order=2, corrections=(), deposited_at=at("2026-12-12"))
    answers = [crm("later", 0, "2026-12-20"), crm("again", 0, "2026-12-21")]
    assert october(correction(), again, answers=answers).rule == "R12"


def test_an_answer_of_before_the_request_proves_nothing():
    found = october(correction(), answers=[crm("later", 0, "2026-11-19")])
    assert (found.rule, [one.why for one in found.ignored]) == ("R12", [Why.OVERTAKEN])


@pytest.mark.parametrize(
    "said, rule",
    [
        (Correction(None, "first"), "R16"),
        (Correction(OCTOBER, "first"), "R16"),
        (Correction(Period(2026, 8), "first"), "R16"),
        (Correction(OCTOBER, "unknown"), "R16"),
        (Correction(OCTOBER, "other"), "R12"),
        (Correction(None, "unknown"), "R12"),
    ],
)
def test_the_answer_that_is_named_says_which_month_is_corrected(said, rule):
    """A flow that we know is about its own month; one that we do not leaves the month of the base."""
    other = deposit("other", "2026-09")
    assert october(correction(corrections=(said,)), other, answers=[crm("later", 0, "2026-12-20")]).rule == rule


@pytest.mark.parametrize(
    "origin, resolution",
    [
        (Origin.ONLINE, "RECTIFIED_ONLINE"),
        (Origin.SUBSTITUTION, "SUBSTITUTION"),
        (Origin.AGENT, "AGENT"),
    ],
)
def test_a_validated_rectification(origin, resolution):
    found = october(rectifications=[validated(origin)])
    assert (found.rule, found.proof.resolution) == ("R16", resolution)
    assert october(rectifications=[validated(origin, "2026-11-19")]).rule == "R12"


@pytest.mark.parametrize(
    "said, rule",
    [
        ({}, "R16"),
        ({"substitution": "01"}, "R12"),
        ({"is_test": True}, "R12"),
        ({"nature": "01", "type": "03"}, "R15"),
    ],
)
def test_an_accepted_substitution(said, rule):
    """Nature 09, made after an answer (S20.G00.05.013 at 02)."""
    told = {"nature": "09", "substitution": "02", "deposited_at": at("2026-12-10"), "order": 2, **said}
    assert october(deposit("instead", **told), answers=[crm("instead", 0, "2026-12-20")]).rule == rule


def test_a_substitution_alone_declares_nothing():
    by_period = {NOVEMBER: [deposit("instead", "2026-11", nature="09", substitution="02")]}
    months = evaluate(site(), Facts(by_period), at("2027-01-20"), PATIENCE).months
    assert months[NOVEMBER].rule == "R4"


def test_a_later_bad_answer_brings_it_back():
    found = october(correction(), answers=[crm("later", 0, "2026-12-20"), crm("first", 1, "2026-12-28")])
    assert found.rule == "R13"


def test_what_was_to_rectify_and_is_processed_again_ends_with_its_proof():
    """R10: a new « en cours » keeps B, unless a proof came."""
    pending = crm("first", None, "2026-12-22")
    found = october(correction(), answers=[crm("later", 0, "2026-12-20"), pending])
    assert (found.rule, found.alert, found.proof.resolution) == ("R10", None, "REGULARISED_LATER")
    assert october(answers=[pending]).alert.kind is Kind.TO_RECTIFY


def test_the_alert_and_its_history_say_the_proof():
    stored = {(OCTOBER, Kind.TO_RECTIFY): StoredAlert(AlertStatus.OPEN, "PARTIAL")}
    found = evaluated(correction(), answers=[crm("later", 0, "2026-12-20")])
    (change,) = [one for one in transitions(found.months, stored) if one.cell[0] == OCTOBER]
    assert (change.change, change.rule, change.resolution, change.proof) == (
        "RESOLVED",
        "R16",
        "REGULARISED_LATER",
        "later",
    )


def test_the_oldest_proof_is_told():
    found = october(correction(), answers=[crm("later", 0, "2026-12-20")], rectifications=[validated(Origin.ONLINE)])
    assert found.proof.resolution == "RECTIFIED_ONLINE"
