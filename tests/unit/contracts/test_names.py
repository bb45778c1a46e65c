"""One rule says what a name may be: a person's, a company's, a file's (AA47, decision 0019)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.names import FORBIDDEN, LINK, NO_LETTER, REQUIRED, cleaned_name, name_refusal, tidy_name

GOOD = [
    "Martin",
    "L’Huillier d'Anjou",
    "Jean-Pierre",
    "N'Guyễn Đặng",
    "Łukasz Øster",
    "3M France",
    "S.A.R.L. Durand & Fils (Paris)",
    "Жуков",
    "山田",
]


@pytest.mark.parametrize("name", GOOD)
def test_the_names_people_and_companies_have_are_taken_as_they_are(name: str) -> None:
    assert name_refusal(name) is None
    assert tidy_name(name) == name == cleaned_name(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", REQUIRED),
        (" \u00a0\u200b", REQUIRED),
        ("Mar\u202etin", FORBIDDEN),
        ("Mar\u200btin", FORBIDDEN),
        ("\u2066Martin\u2069 x\u2069y", FORBIDDEN),
        ("Du\u3164pont", FORBIDDEN),
        ("Durand\r\nBcc: x@y", FORBIDDEN),
        ("Du\nrand", FORBIDDEN),
        ("Martin\n", FORBIDDEN),
        ("Du\0rand", FORBIDDEN),
        ("Du\u2028rand", FORBIDDEN),
        ("Du\ud800rand", FORBIDDEN),
        ("12-34", NO_LETTER),
        ("---", NO_LETTER),
        ("https://evil.example", LINK),
        ("Gagnez sur WWW.evil.example", LINK),
        ("ｗｗｗ．evil.example", LINK),
        ("a" * 101, "100 caractères au maximum."),
    ],
)
def test_what_hides_turns_or_links_is_no_name(name: str, why: str) -> None:
    assert name_refusal(name) == why


def test_a_name_is_kept_composed_with_single_spaces_and_nothing_around_it() -> None:
    assert tidy_name("\ufeff Andre\u0301 \u00a0 de  La\u202fTour\u200b") == "André de La Tour"


@given(st.text(max_size=60))
def test_a_name_that_is_taken_shows_what_it_is(text: str) -> None:
    if name_refusal(text) is None:
        name = tidy_name(text)
        assert name_refusal(name) is None and tidy_name(name) == name == unicodedata.normalize("NFC", name)
        assert not any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs") for char in name)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("ENTREPRISE\u00a0DURAND\u200b", "ENTREPRISE DURAND"),
        ("DURAND\r\nFILS", "DURAND FILS"),
        ("\u202eDNARUD", "DNARUD"),
        ("WWW.DURAND.FR SARL", "DURAND.FR SARL"),
        ("https://evil.example", "https evil.example"),
        ("1664", "1664"),
        ("\u200b", ""),
    ],
)
def test_a_name_of_the_caisse_is_cleaned_not_refused(name: str, kept: str) -> None:
    assert cleaned_name(name) == kept


@given(st.text(max_size=60) | st.text(alphabet="w.:/ \u200bwWhtps", max_size=30))
def test_what_was_cleaned_is_refused_for_nothing_but_its_length_or_a_missing_letter(text: str) -> None:
    name = cleaned_name(text)
    assert cleaned_name(name) == name
    assert name_refusal(name) in (None, REQUIRED, NO_LETTER)
