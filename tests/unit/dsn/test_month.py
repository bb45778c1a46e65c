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


@pytest.mark.parametrize(
    ("period", "due_day", "grace", "due", "grace_end"),
    [
        ("2027-02", 20, 8, "2027-03-22T11:00", "2027-03-30T10:00"),  # the clocks go forward between the two
        ("2026-09", 20, 8, "2026-10-20T10:00", "2026-10-28T11:00"),  # and back
        ("2026-11", 20, 12, "2026-12-21T11:00", "2027-01-02T11:00"),  # a year ends between them
        ("2026-12", 5, 8, "2027-01-05T11:00", "2027-01-13T11:00"),  # or before both
    ],
)
def test_the_four_instants_hold_across_clocks_and_years(period, due_day, grace, due, grace_end):
    """R2, R3, R4: noon in Paris is the last instant of each, whatever happens to the clocks in between."""
    patience, month_of = type(PATIENCE)(missing_grace=timedelta(days=grace)), OCTOBER.parse(period)
    life = site("2026-01", due_days=[(OCTOBER.parse("2026-01"), due_day)])
    instants = (at(due) - SECOND, at(due), at(due) + SECOND, at(grace_end), at(grace_end) + SECOND)
    rules = [month(life, month_of, (), {}, as_of, patience).rule for as_of in instants]
    assert rules == ["R2", "R2", "R3", "R3", "R4"]


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


def test_the_grace_is_counted_in_days_of_paris():
    """R3, R4: noon of the 20th and eight days are noon of the 28th, though the clocks go back on the 25th."""
    september, patience = OCTOBER.plus(-1), PATIENCE
    temporary_work = site("2026-09", due_days=[(september, 20)])
    rules = {
        as_of: month(temporary_work, september, (), {}, at(as_of), patience).rule
        for as_of in ("2026-10-28T10:30", "2026-10-28T11:00", "2026-10-28T11:01")
    }
    assert list(rules.values()) == ["R3", "R3", "R4"]


def test_a_correction_waits_in_days_of_paris_too():
    """R10: a replacement of 20 October 12:00 is waited for until 4 November 12:00, in winter time by then."""
    first, second = (
        deposit(deposited_at=at("2026-10-20")),
        deposit("second", type="03", deposited_at=at("2026-10-20T10")),
    )
    waiting = {
        as_of: state(first, second, as_of=at(as_of), answers=(crm("first", 1, "2026-10-21"),)).alert.in_correction
        for as_of in ("2026-11-04T10:30", "2026-11-04T11:01")
    }
    assert list(waiting.values()) == [True, False]


def test_a_file_without_a_time_of_deposit_is_never_late_and_its_reception_is_unknown():
    """R15: a bare send has no service block; the day it was imported says nothing of the day it was deposited."""
    bare = deposit(deposited_at=None, received_at=LATER)
    found = state(bare, answers=(crm("first", 0),))
    assert (found.rule, found.late, found.received_at) == ("R15", False, None)


def test_the_due_day_of_a_month_is_the_one_that_was_in_force():
    """A change said in October holds from October on: September stays due on the 15th."""
    life = site("2026-08", due_days=[(OCTOBER.plus(-2), 15), (OCTOBER, 5)])
    due = {str(one): f"{life.due_at(one):%d/%m}" for one in OCTOBER.plus(-3).until(OCTOBER.plus(1))}
    assert due == {"2026-07": "17/08", "2026-08": "15/09", "2026-09": "15/10", "2026-10": "05/11", "2026-11": "07/12"}


@pytest.mark.parametrize(
    ("fractions", "label"),
    [
        (("10",), "Fractions qui se contredisent"),
        (("00",), "Fractions qui se contredisent"),
        (("21",), "Fractions qui se contredisent"),
        (("12", "21"), "Fractions qui se contredisent"),
        (("12", "22", "13"), "Fractions qui se contredisent"),
        (("13", "33"), "2 fractions sur 3"),
    ],
)
def test_fractions_that_contradict_themselves_are_not_counted_aloud(fractions, label):
    """R7: neither « 1 fraction sur 0 » nor « 2 fractions sur 2 » of a month that is incomplete."""
    found = state(*(deposit(name, fraction=name, declarant=name) for name in fractions))
    assert (found.rule, found.state, found.label) == ("R7", "PARTIELLE", label)


@pytest.mark.parametrize(("named", "rule"), [("abc", "R15"), ("first", "R15"), ("unknown", "R13"), (None, "R13")])
def test_a_replacement_takes_the_place_of_what_it_names(named, rule):
    """S20.G00.05.006: another declarant takes over."""
    facts = (
        deposit(declarant="A", business_id="abc"),
        deposit("second", type="03", order=2, declarant="B", replaced=named),
    )
    found = state(*facts, answers=[crm("first", 1), crm("second", 0)])
    assert (found.rule, found.declarant_mismatch) == (rule, rule == "R13")


def test_an_answer_that_never_comes_is_told_to_the_caisse_alone():
    """R10: the user can do nothing about it."""
    waiting, over = state(deposit(), as_of=at("2026-11-24")), state(deposit(), as_of=at("2026-11-26"))
    assert (waiting.answer_overdue, over.answer_overdue) == (False, True)
    assert (over.rule, over.alert) == ("R10", None)
