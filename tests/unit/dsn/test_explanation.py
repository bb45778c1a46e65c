"""Why a month stands where it stands: each fact counts or says why not, whatever order they come in."""

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest

from services.dsn.domain import wording
from services.dsn.domain.explanation import weighed
from services.dsn.domain.facts import Ignored, RefusedPiece, Why
from services.dsn.domain.month import _CONCLUDED, Reason, month
from services.dsn.domain.timeline import Told, timeline
from tests.unit.dsn.facts import CODE, OCTOBER, PATIENCE, SIRET, at, crm, deposit, publications, site


def told(deposits, *answers):
    """What counts of these facts of October 2026, and what does not."""
    said = publications(*answers)
    return weighed(month(site(), OCTOBER, deposits, said, at("2026-12-10"), PATIENCE), deposits, said, CODE)


def fates(*deposits, answers=()):
    """By name: null for what counts, else why not."""
    counted, ignored = told(deposits, *answers)
    found = {getattr(one, "identity", None): None for one in counted}
    return found | {getattr(one.fact, "identity", None): one.why for one in ignored}


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ({"is_test": True}, Why.TEST),
        ({"nature": "04"}, Why.OTHER_NATURE),
        ({"fund_codes": {"BTPRHO": 3}}, Why.OTHER_CAISSE),
        ({"deposited_at": at("2026-11-11")}, Why.DUPLICATE),
        ({"type": "03", "order": 0}, Why.OVERTAKEN),
    ],
)
def test_what_does_not_take_the_place_of_the_first_says_why(second, why):
    assert fates(deposit(), deposit("second", **second)) == {"first": None, "second": why}


def test_what_is_replaced_or_cancelled_says_so_and_the_cancellation_counts():
    chain = (deposit(), deposit("second", type="03", order=2), deposit("third", type="04", order=3))
    assert fates(*chain) == {"first": Why.REPLACED, "second": Why.CANCELLED, "third": None}
    assert fates(deposit("alone", type="04")) == {"alone": Why.OVERTAKEN}


def test_the_order_and_repeats_of_facts_change_no_fate():
    chain = (deposit(), deposit("second", type="03", order=2), deposit("third", type="03", order=3), deposit("x"))
    wanted = fates(*chain)
    assert all(fates(*mixed, *mixed[:2]) == wanted for mixed in itertools.permutations(chain))


def test_of_the_answers_the_newest_about_what_counts_does():
    answers = [crm("first", 2, "2026-11-20"), crm("first", 0, "2026-11-22"), crm("second", 1, "2026-11-21")]
    deposits = (deposit(), deposit("second", type="03", order=2))
    counted, ignored = told(deposits, *answers)
    assert [one.code for one in counted if hasattr(one, "code")] == [1]
    assert {(one.fact.code, one.why) for one in ignored if hasattr(one.fact, "code")} == {
        (2, Why.OVERTAKEN),
        (0, Why.REPLACED),
    }


def test_every_fact_and_every_reason_is_said_in_words():
    deposits = [deposit(), deposit("second", is_test=True), deposit("third", type="04", order=0)]
    counted, ignored = told(deposits, crm("first", 1), crm("first", None, "2026-11-19"))
    points = timeline(Told(counted, ignored, {"first": ["cle_siret"]}, ()), site(), OCTOBER, PATIENCE)
    assert [one.title for one in points if one.counts] == [
        "Déclaration reçue : normale, ordre 1",
        "Réponse de CIBTP : prise en compte, à rectifier (code retour 1)",
    ]
    assert {one.why for one in points if one.counts is False} == {
        "C'est un envoi d'essai : il ne vaut pas déclaration.",
        "Aucune déclaration n'était en place : il n'y avait rien à annuler.",
        "La caisse a publié depuis une réponse plus récente.",
    }
    assert [one.at for one in points] == sorted(one.at for one in points)
    assert any("À vérifier : La clé du SIRET déclaré est fausse." in one.details for one in points)


def test_each_rule_of_the_table_has_its_sentence():
    page = (Path(__file__).parents[3] / "docs" / "dsn.md").read_text(encoding="utf-8")
    numbered = set(re.findall(r"^\| (R\d+) \|", page, re.MULTILINE)) | {rule for rule, *_ in _CONCLUDED.values()}
    assert numbered <= set(wording.RULES) == {f"R{number}" for number in range(17)}
    assert set(wording.REASONS) == set(Reason)
    assert all(text.endswith(".") for text in wording.RULES.values())


@pytest.mark.parametrize("why", list(Why))
def test_each_reason_why_a_fact_is_ignored_has_its_sentence(why):
    assert wording.ignored_for(deposit(), why).endswith(".")


def test_what_the_month_says_of_a_correction_wins():
    """Deposits of later months that correct it, and facts beside its deposits."""
    later = deposit("later", period="2026-11", order=1)
    found = month(site(), OCTOBER, [deposit()], publications(crm("first", 2)), at("2026-12-10"), PATIENCE)
    refused = RefusedPiece("piece", SIRET, OCTOBER, "encodage", 12, at("2026-11-09"))
    found = replace(found, counted=(later,), ignored=(Ignored(refused, Why.OVERTAKEN),))
    counted, ignored = weighed(found, [deposit()], publications(crm("first", 2), crm("later", 0)), CODE)
    points = timeline(Told(counted, ignored, {}, ()), site(), OCTOBER, PATIENCE)
    titles = {one.title: one.counts for one in points}
    assert titles["Correction reçue dans la DSN Novembre 2026 : normale, ordre 1"] is True
    assert titles["Réponse de CIBTP : acceptée (code retour 0)"] is True
    encoding = "La ligne contient des caractères étrangers à ISO-8859-1."
    assert titles[f"Fichier refusé, ligne 12 : {encoding}"] is False
