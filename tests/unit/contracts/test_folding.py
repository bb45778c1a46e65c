"""One key sorts and searches names for every service (G16)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.folding import fold, name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Huillier", "l'huillier"),
        ("Lʼhuillier", "L Huillier"),
        ("Jean-Pierre", "jean pierre"),
        ("Jean\u2011Pierre", "Jean\u00a0Pierre"),
        ("Łukasz", "lukasz"),
        ("Øster", "oster"),
        ("Đặng", "dang"),
        ("Straße", "strasse"),
        ("Œuvre", "oeuvre"),
        ("LÆTITIA", "laetitia"),
        ("É\u200bmile", "emile"),
    ],
)
def test_what_readers_hold_for_one_name_has_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=40))
def test_a_key_is_a_key_of_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_words_are_found_in_the_text_they_were_taken_from(before: str, after: str) -> None:
    assert all(word in fold(f"{before} {after}") for word in fold(before).split())


def test_who_has_no_name_comes_last() -> None:
    people = [
        ("", "", "a@example.com"),
        ("Zola", "Émile", "z@example.com"),
        (None, None, "b@example.com"),
        ("Жуков", "", ""),
    ]
    assert [one[0] or one[2] for one in sorted(people, key=lambda one: name_key(*one))] == [
        "Zola",
        "Жуков",
        "a@example.com",
        "b@example.com",
    ]
