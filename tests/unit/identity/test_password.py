"""Choosing a password: the guide's rule, the list of what is tried first, and exactness (G49, AA11–AA14)."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.identity.adapters.strength import strength
from services.identity.domain.password import is_common, kinds, password_refusals
from services.identity.domain.refusals import LONGEST
from tests.support.threads import in_threads

GOOD = "Vélo-grimpe 7 cols"


def slugs(password, confirmation=None, words=()):
    return [one.slug for one in password_refusals(password, confirmation or password, words, strength)]


def test_seven_characters_are_too_few_aa11():
    assert slugs("Kz7mWq2") == ["mot_de_passe_trop_court"]


def test_eight_of_two_sets_are_too_simple_aa11():
    assert slugs("kz7mwq2t") == ["mot_de_passe_trop_simple"]


def test_eight_of_three_sets_are_accepted_g49_aa11():
    assert slugs("Kz7mWq2t") == []


def test_the_documented_maximum_is_accepted_and_one_more_is_not_aa11():
    longest = (GOOD * 20)[:LONGEST]
    assert slugs(longest) == []
    assert slugs(longest + "x") == ["mot_de_passe_trop_long"]


@pytest.mark.parametrize(
    "password",
    [
        "Azerty123",
        "Cibtp2025!",
        "Motdepasse1!",
        "M0tdep@sse99",
        "Soleil123!",
        "Congés2026!",
        "Marseille13!",
        "Caisse-Conges-2025",
        "Password1",
        "Jean-Pierre75",
        "Intempéries!1",
        "1234Azerty!",
    ],
)
def test_what_is_tried_first_is_refused_aa12(password):
    assert slugs(password) == ["mot_de_passe_trop_courant"]


@pytest.mark.parametrize(
    "password", ["Comptable@Example.com", "Comptable@Example.com1", "Comptable2025!", "Durand2025!", "Martin-Claire1"]
)
def test_own_address_name_and_company_are_refused_aa12(password):
    words = ["comptable@example.com", "ENTREPRISE DURAND", "Martin", "Claire"]
    assert slugs(password, words=words) == ["mot_de_passe_trop_courant"]


def test_each_is_held_against_his_own_words_whoever_chooses_at_the_same_moment_aa12():
    """The estimator keeps the words it is given where all threads of the process find them."""
    password, own, anothers = "Zimbelstern7", ["zimbelstern", "durand"], ["ostrogoth", "plumitif"]
    alone = [strength(password, own), strength(password, anothers)]
    assert alone[0] < alone[1]
    found = in_threads(lambda number: strength(password, (own, anothers)[number % 2]), 60)
    assert found == alone * 30


@pytest.mark.parametrize("password", [GOOD, "  Épi d'été bleu 4", "Grue🏗️ et béton 12", "correct Cheval 9 agrafe"])
def test_spaces_accents_and_emoji_are_accepted_aa13(password):
    assert slugs(password) == []


def test_a_different_confirmation_is_said_on_its_field_aa14():
    (refusal,) = password_refusals(GOOD, GOOD + " ", (), strength)
    assert (refusal.slug, refusal.errors[0].field) == ("confirmation_differente", "confirmation")


@settings(max_examples=40)
@given(st.text(alphabet=string.printable, max_size=160))
def test_an_accepted_password_keeps_every_rule_g49(password):
    if not slugs(password):
        assert 8 <= len(password) <= LONGEST
        assert kinds(password) >= 3
        assert not is_common(password)


@settings(max_examples=40)
@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=4))
def test_no_password_breaks_the_rule_itself(password, words):
    assert isinstance(slugs(password, words=words), list)


@given(st.sampled_from(["azerty", "cibtp", "soleil", "motdepasse"]), st.text(alphabet="0123456789!?*-_", max_size=8))
def test_digits_and_signs_around_a_common_word_hide_nothing_aa12(word, around):
    assert is_common(word.capitalize() + around)
    assert is_common(around + word.upper())
