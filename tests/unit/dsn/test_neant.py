"""A néant: nothing in it to judge, so that it needs no answer, unless its caisse gives one (R14, decision 43)."""

import pytest

from services.dsn.domain.messages import Kind
from tests.unit.dsn.facts import CODE, PATIENCE, at, crm, deposit
from tests.unit.dsn.test_month import state


def test_a_neant_with_anomalies_stays_to_rectify_while_it_is_processed_again():
    """R10: « ANO » then « EN COURS » keeps B open."""
    asked = [crm("first", 1, "2026-11-19"), crm("first", None, "2026-11-21")]
    found = state(deposit(type="02", individuals=0), answers=asked)
    assert (found.rule, found.alert.kind, found.alert.in_correction) == ("R10", Kind.TO_RECTIFY, False)
    assert state(deposit(type="02"), answers=[crm("first", None)]).rule == "R10"


@pytest.mark.parametrize(("waits", "rule"), [((), "R14"), (("*",), "R10"), ((CODE,), "R10"), (("BTPXXX",), "R14")])
def test_a_neant_without_an_answer_is_as_its_caisse_does(waits, rule):
    """Decision 43: accepted as it comes, unless the caisse answers a néant."""
    patience = type(PATIENCE)(neant_waits=frozenset(waits))
    assert state(deposit(type="02", individuals=0), patience=patience).rule == rule


def test_a_neant_that_replaces_what_had_to_be_rectified():
    """R14 ends B where nobody answers a néant; R10 keeps it in correction where the caisse does."""
    facts = (deposit(), deposit("second", type="05", order=2, individuals=0, deposited_at=at("2026-12-05")))
    assert state(*facts, answers=[crm("first", 1)]).rule == "R14"
    waits = type(PATIENCE)(neant_waits=frozenset("*"))
    found = state(*facts, answers=[crm("first", 1)], patience=waits)
    assert (found.rule, found.alert.in_correction) == ("R10", True)


def test_a_fraction_without_anyone_waits_for_no_answer():
    facts = (deposit(fraction="12"), deposit("second", type="02", fraction="22", declarant="B", individuals=0))
    assert state(*facts, answers=[crm("first", 0)]).rule == "R15"
