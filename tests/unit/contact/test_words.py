"""Objet, Message and consent (G82, G86, C11, AA41, AA47)."""

from pathlib import Path

import pytest

from services.contact.domain import consent
from services.contact.domain.message import check
from services.contact.domain.refusals import ConsentNeeded, MessageRefused


def refused(objet: str, message: str, *, agreed: bool = True) -> list[tuple[str, str]]:
    with pytest.raises(MessageRefused) as error:
        check(objet, message, consent=agreed)
    return [(one.field, one.code) for one in error.value.errors]


def test_aa41_each_missing_field_is_named() -> None:
    assert refused("", "  \n", agreed=False) == [
        ("objet", "obligatoire"),
        ("message", "obligatoire"),
        ("consentement", "consentement_necessaire"),
    ]


def test_m14_consent_alone_missing_says_so() -> None:
    with pytest.raises(ConsentNeeded) as error:
        check("Objet", "Texte", consent=False)
    assert error.value.detail == "Votre consentement est nécessaire."


def test_c11_lengths_are_exact_and_a_line_break_counts_once() -> None:
    assert check("o" * 200, "l\r\n" * 2499 + "mm", consent=True)[1] == "l\n" * 2499 + "mm"
    assert refused("o" * 201, "m" * 5001) == [("objet", "trop_long"), ("message", "trop_long")]


@pytest.mark.parametrize(
    "objet", ["a\r\nBcc: x@y", "a\nb", "a\x1bb", "a\x85b", "a\x9bb", "a\u2028b", "a\tb", "a\ud800b"]
)
def test_aa47_an_objet_is_one_line(objet: str) -> None:
    assert refused(objet, "texte") == [("objet", "caractere_refuse")]


def test_a_message_has_lines_and_tabs_but_no_other_control() -> None:
    assert check("o", "a\n\tb", consent=True) == ("o", "a\n\tb")
    assert refused("o", "a\x1b[31m") == refused("o", "a\ud800") == [("message", "caractere_refuse")]


@pytest.mark.parametrize("objet", ["=?utf-8?q?a=0D=0ABcc:_evil@x.fr?=", "=?", "Congés d’été 👩🏽\u200d🔧"])
def test_aa47_an_objet_that_looks_encoded_is_text_like_any_other(objet: str) -> None:
    assert check(objet, "texte", consent=True)[0] == objet


def test_aa46_html_is_only_text() -> None:
    nasty = "<img src=x onerror=alert(1)>"
    assert check(nasty, nasty, consent=True) == (nasty, nasty)


def test_g86_the_consent_is_the_guides_word_for_word() -> None:
    guide = Path(__file__).parent / "consentement.txt"
    assert consent.TEXTS[consent.CURRENT] == guide.read_text(encoding="utf-8").strip()
