"""What to do about a month and by when: a replacement before the due day, the next DSN after it (docs/dsn.md)."""

import pytest

from services.dsn.domain.advice import advice, next_due
from services.dsn.domain.month import month
from services.dsn.domain.periods import Period
from tests.unit.dsn.facts import DUE, GRACE_END, OCTOBER, PATIENCE, at, crm, deposit, publications, site

EVE_ENDS = at("2026-11-15T23:00")  # midnight in Paris before Monday 16 November


def told(*deposits, as_of, answers=(), life=None):
    """The advice about October 2026."""
    life = life or site()
    return advice(month(life, OCTOBER, deposits, publications(*answers), as_of, PATIENCE), life, PATIENCE, as_of)


def test_before_the_due_instant_declare():
    found = told(as_of=DUE)
    assert (
        found.sentences == ("Déposez la DSN Octobre 2026 avant le 16/11/2026 à 12\u00a0h\u00a000.",)
        and found.until == DUE
    )


def test_in_the_grace_it_may_be_on_its_way():
    assert told(as_of=at("2026-11-18")).until == GRACE_END


def test_after_the_grace_declare_without_a_date_to_wait_for():
    found = told(as_of=at("2026-12-01"))
    assert "sans attendre" in found.sentences[0] and found.until is None


@pytest.mark.parametrize("code", [1, 2, 3])
def test_until_the_eve_of_the_due_day_a_replacement_afterwards_the_next_dsn(code):
    answers = [crm("first", code, "2026-11-12")]
    before = told(deposit(), answers=answers, as_of=at("2026-11-15T22:59"))
    assert before.until == EVE_ENDS and "annule et remplace, jusqu'au 15/11/2026 à minuit" in before.sentences[0]
    after = told(deposit(), answers=answers, as_of=EVE_ENDS)
    assert "Corrigez dans la DSN Novembre 2026, à déposer avant le 15/12/2026 à 12\u00a0h\u00a000" in after.sentences[1]
    assert "à Octobre 2026 (S21.G00.78.002 et S21.G00.78.003)" in after.sentences[1]
    assert after.until == at("2026-12-15T11:00")


def test_much_later_the_next_dsn_is_the_one_that_is_due_next():
    found = told(deposit(), answers=[crm("first", 2)], as_of=at("2027-06-20"))
    assert "DSN Juin 2027" in found.sentences[1]


def test_of_a_site_that_has_ended_no_dsn_follows():
    found = told(deposit(), answers=[crm("first", 2)], as_of=at("2026-12-01"), life=site(last="2026-10"))
    assert "écrivez à votre caisse" in found.sentences[0] and found.until is None


def test_while_a_correction_is_examined_nothing_is_to_be_done():
    deposits = (deposit(), deposit("second", type="03", order=2, deposited_at=at("2026-11-21")))
    assert "rien à faire" in told(*deposits, answers=[crm("first", 2)], as_of=at("2026-11-22")).sentences[0]


@pytest.mark.parametrize(
    ("deposits", "answers", "as_of", "words"),
    [
        ([deposit(is_test=True)], [], "2026-12-01", "code de la caisse"),
        ([deposit(fraction="12")], [], "2026-12-01", "fractions qui manquent"),
        ([deposit()], [], "2026-12-01", "la caisse traite"),
        ([deposit()], [crm("first", 0)], "2026-12-01", "rien à faire"),
        ([deposit(), deposit("second", type="04", order=2)], [], "2026-12-01", "sans attendre"),
    ],
)
def test_each_state_has_its_advice(deposits, answers, as_of, words):
    assert words in " ".join(told(*deposits, answers=answers, as_of=at(as_of)).sentences)


def test_what_is_due_next():
    assert next_due(site(), DUE, Period(2026, 11)) == OCTOBER
    assert next_due(site(), at("2026-11-17"), Period(2026, 11)) == Period(2026, 11)
    assert next_due(site("2027-03"), at("2026-11-17"), Period(2026, 11)) == Period(2027, 3)
    assert next_due(site(last="2026-10"), at("2026-11-17"), Period(2026, 11)) is None
