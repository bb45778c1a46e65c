"""The state of a month, rule by rule (R1–R15 of docs/dsn.md), at the instants where it turns."""

from datetime import timedelta

import pytest

from services.dsn.domain.messages import Kind
from services.dsn.domain.month import month
from tests.unit.dsn.facts import (
    CODE,
    DUE,
    GRACE_END,
    LONG_AGO,
    OCTOBER,
    PATIENCE,
    at,
    crm,
    deposit,
    publications,
    site,
)

SECOND = timedelta(seconds=1)
LATER = at("2026-12-10")


def state(*deposits, as_of=LATER, answers=(), life=None, patience=PATIENCE):
    """The month of October 2026 with these facts."""
    return month(life or site(), OCTOBER, deposits, publications(*answers), as_of, patience)


@pytest.mark.parametrize(
    ("as_of", "rule", "label"),
    [
        (DUE - SECOND, "R2", "À déclarer avant le 16/11"),
        (DUE, "R2", "À déclarer avant le 16/11"),
        (DUE + SECOND, "R3", "En attente de réception"),
        (GRACE_END, "R3", "En attente de réception"),
        (GRACE_END + SECOND, "R4", "Déclaration manquante"),
    ],
)
def test_nothing_received(as_of, rule, label):
    """R2, R3, R4: the alert waits for the end of the grace, not for the due date."""
    found = state(as_of=as_of)
    assert (found.rule, found.label) == (rule, label)
    assert (found.alert is not None) == (rule == "R4")


@pytest.mark.parametrize("period", ["2026-03", "2026-10"])  # across both changes of the clock
def test_due_is_noon_in_paris_across_dst(period):
    first = at(period + "-01")
    found = month(site("2026-01"), OCTOBER.parse(period), (), {}, first, PATIENCE)
    assert found.due_at.astimezone(DUE.astimezone().tzinfo).tzinfo
    assert found.due_at.hour == (10 if period == "2026-03" else 11)


@pytest.mark.parametrize(("first", "last"), [("2026-11", None), ("2026-01", "2026-09")])
def test_outside_of_the_site_s_life_nothing_is_expected(first, last):
    """R1."""
    found = state(life=site(first, last))
    assert (found.rule, found.label, found.alert) == ("R1", "Non attendue", None)


def test_a_withdrawn_site_is_not_expected():
    assert state(life=site(withdrawn=True)).rule == "R1"


def test_a_new_site_has_its_own_grace_for_months_already_past():
    """docs/dsn.md, Months: else a new member gets a wall of alerts."""
    opened = at("2027-03-01")
    life = site(opened_at=opened)
    assert state(life=life, as_of=opened + timedelta(days=8)).rule == "R3"
    assert state(life=life, as_of=opened + timedelta(days=8) + SECOND).rule == "R4"


def test_a_declaration_received_is_being_processed():
    """R10."""
    found = state(deposit())
    assert (found.rule, found.label, found.alert) == ("R10", "Reçue, en cours de traitement", None)
    assert (found.type_label, found.individuals, found.received_at) == ("Normale", 3, at("2026-11-10"))


@pytest.mark.parametrize(
    ("code", "rule", "kind", "reason"),
    [
        (0, "R15", None, None),
        (1, "R13", Kind.TO_RECTIFY, "CORRECTIONS"),
        (2, "R12", Kind.TO_RECTIFY, "PARTIAL"),
        (3, "R11", Kind.MISSING, "PROCESSING"),
    ],
)
def test_the_answer_of_the_caisse_decides(code, rule, kind, reason):
    """R11–R15."""
    found = state(deposit(), answers=[crm("first", code)])
    assert found.rule == rule
    assert (found.alert and (found.alert.kind, found.alert.reason)) == (kind and (kind, reason))


def test_the_latest_publication_counts_not_the_last_to_come():
    """docs/dsn.md, Answers: a return may be overwritten."""
    early, late = crm("first", 3, "2026-11-19"), crm("first", 0, "2026-11-21")
    assert state(deposit(), answers=[late, early]).rule == "R15"


def test_a_new_pending_answer_keeps_what_had_to_be_rectified():
    """R10: B stays."""
    found = state(deposit(), answers=[crm("first", 1, "2026-11-19"), crm("first", None, "2026-11-21")])
    assert (found.rule, found.alert.kind, found.alert.in_correction) == ("R10", Kind.TO_RECTIFY, False)


def test_a_replacement_puts_the_alert_in_correction_then_back():
    """docs/dsn.md, Alerts: in correction by proof falls back to open after the caisse's time."""
    facts = (deposit(), deposit("second", type="03", order=2, deposited_at=at("2026-12-01")))
    answers = [crm("first", 1)]
    waiting, over = state(*facts, answers=answers), state(*facts, answers=answers, as_of=at("2026-12-17"))
    assert (waiting.rule, waiting.alert.in_correction, over.alert.in_correction) == ("R10", True, False)
    assert waiting.next_change_at > at("2026-12-16")
    assert state(*facts, answers=[*answers, crm("second", 0, "2026-12-03")]).rule == "R15"


def test_a_test_send_clears_nothing():
    """R6."""
    found = state(deposit(is_test=True))
    assert (found.rule, found.label, found.alert.reason) == ("R6", "Essai / non adressée à la caisse", "NOT_ADDRESSED")
    assert state(deposit(is_test=True), as_of=DUE).alert is None


def test_a_declaration_for_another_caisse_clears_nothing():
    """R6."""
    assert state(deposit(fund_codes={"BTPXXX": 3})).rule == "R6"
    assert state(deposit(fund_codes={})).rule == "R6"


@pytest.mark.parametrize("facts", [{"type": "02"}, {"fund_codes": {}, "absences": (CODE,)}])
def test_a_neant_is_enough(facts):
    """R14, as received."""
    found = state(deposit(individuals=0, **facts))
    assert (found.rule, found.label, found.alert) == ("R14", "Néant", None)


def test_a_neant_says_nothing_of_the_next_month():
    """docs/dsn.md, Months."""
    assert month(site(), OCTOBER.plus(1), (), {}, at("2027-02-01"), PATIENCE).rule == "R4"


def test_a_cancellation_empties_the_month():
    """R9."""
    found = state(deposit(), deposit("second", type="04", order=2))
    assert (found.rule, found.label, found.alert.reason) == ("R9", "Annulée", "MISSING")
    again = deposit("third", order=3)
    assert state(deposit(), deposit("second", type="04", order=2), again).rule == "R10"


def test_a_second_normal_one_is_a_duplicate():
    """docs/dsn.md, Months: it must be a replacement."""
    answers = [crm("first", 1), crm("second", 0)]
    assert state(deposit(), deposit("second", order=2), answers=answers).rule == "R13"


def test_a_replacement_older_than_what_it_replaces_is_ignored():
    answers = [crm("low", 3), crm("first", 0)]
    assert state(deposit("low", type="03", order=0), deposit(), answers=answers).rule == "R15"


def test_fractions_wait_for_each_other():
    """R7."""
    first = deposit(fraction="12")
    assert state(first, as_of=GRACE_END).alert is None
    found = state(first)
    assert (found.rule, found.label, found.alert.reason) == ("R7", "1 fraction sur 2", "FRACTION")
    assert state(first, deposit("second", fraction="22", declarant="B")).rule == "R10"


@pytest.mark.parametrize("fractions", [("12", "13"), ("21",), ("00",), ("12", "33")])
def test_fractions_that_do_not_agree_are_incomplete(fractions):
    """R7."""
    deposits = [deposit(name, fraction=name, declarant=name) for name in fractions]
    assert state(*deposits).rule == "R7"


def test_two_declarants_on_one_fraction_both_count():
    """docs/dsn.md, Months: the worst answer wins."""
    facts = (deposit(declarant="A"), deposit("second", declarant="B"))
    found = state(*facts, answers=[crm("first", 0), crm("second", 2)])
    assert found.rule == "R12" and found.declarant_mismatch


def test_late_is_said():
    """R15, « hors délai »."""
    assert state(deposit(deposited_at=DUE + SECOND)).late and not state(deposit(deposited_at=DUE)).late


def test_other_natures_are_not_monthly_declarations():
    """docs/dsn.md, Files: alerts look at nature 01."""
    assert state(deposit(nature="07")).rule == "R4"


def test_opening_grace_of_zero_says_it_at_once():
    """The demo's setting."""
    patience = type(PATIENCE)(opening_grace=timedelta(0))
    opened = at("2027-03-01")
    assert state(life=site(opened_at=opened), as_of=opened + SECOND, patience=patience).rule == "R4"
    assert LONG_AGO < opened
