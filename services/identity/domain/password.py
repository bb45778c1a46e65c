"""What a password must be (G49, ASVS 6.2): long enough, three kinds of characters of four, not one that is tried first.

The guide's sentence is « 8 caractères minimum et au moins 3 des 4 types ». It is verified as typed: nothing is trimmed,
folded or cut (AA13); only composed, because keyboards send one accent in two ways.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Protocol

from backbone.errors import Refused
from services.identity.domain.common_words import COMMON_WORDS, CONTEXT_WORDS
from services.identity.domain.refusals import (
    LONGEST,
    SHORTEST,
    ConfirmationDiffers,
    TooCommon,
    TooLong,
    TooShort,
    TooSimple,
)

KINDS_NEEDED = 3
STRENGTH_NEEDED = 2


class Strength(Protocol):
    """Guesses how soon an attacker would try a password: 0 (among the first) to 4."""

    def __call__(self, password: str, words: Iterable[str]) -> int:
        """The score of `password`, for an attacker who knows `words`."""


def password_refusals(password: str, confirmation: str, own_words: Iterable[str], strength: Strength) -> list[Refused]:
    """All that is wrong with a chosen password; empty when it is accepted. `own_words`: address, names, company."""
    broken = _rule_broken(normalized(password), list(own_words), strength)
    refusals: list[Refused] = [broken] if broken else []
    if normalized(confirmation) != normalized(password):
        refusals.append(ConfirmationDiffers())
    return refusals


def normalized(password: str) -> str:
    """`password` composed (NFC), as it is judged, hashed and compared."""
    return unicodedata.normalize("NFC", password)


def kinds(password: str) -> int:
    """How many of the four kinds are there: majuscules, minuscules, chiffres, caractères spéciaux."""
    return len({_kind(char) for char in password})


def _rule_broken(password: str, own_words: list[str], strength: Strength) -> Refused | None:
    if len(password) < SHORTEST:
        return TooShort()
    if len(password) > LONGEST:
        return TooLong()
    if kinds(password) < KINDS_NEEDED:
        return TooSimple()
    words = _own(own_words)
    if is_common(password, words) or strength(password, [*CONTEXT_WORDS, *words]) < STRENGTH_NEEDED:
        return TooCommon()
    return None


def _kind(char: str) -> str:
    if char.isupper():
        return "majuscule"
    if char.islower():
        return "minuscule"
    return "chiffre" if unicodedata.category(char) == "Nd" else "special"  # as the page counts them


def is_common(password: str, own_words: Iterable[str] = ()) -> bool:
    """Whether `password` is a known word dressed up: accents, capitals, substitutions, digits and signs around it."""
    known = COMMON_WORDS | CONTEXT_WORDS | set(own_words)
    folded = _fold(password)
    if any("@" in word and word in password.casefold() for word in own_words):
        return True
    candidates = {folded, _letters(folded), _letters(_undress(folded)), _letters(_undress(folded.strip(_AROUND)))}
    return any(_made_of(candidate, known) for candidate in candidates if candidate)


_AROUND = "0123456789!?.,;:*$€@#&_-+=()/ "
_SUBSTITUTES = str.maketrans("013457@$€!", "oieastasei")


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _undress(text: str) -> str:
    return text.translate(_SUBSTITUTES)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text)


def _made_of(candidate: str, known: Iterable[str]) -> bool:
    """Whether nothing is left of `candidate` once known words are taken out of it, one word at most twice."""
    words = sorted((word for word in known if len(word) > 2 and word in candidate), key=len, reverse=True)
    rest = candidate
    for word in words:
        rest = rest.replace(word, "", 2)
    return rest == "" or len(rest) < 3 <= len(candidate) - len(rest)


def _own(words: list[str]) -> list[str]:
    """The person's words as they might be typed: the address whole and in parts, each word of the names."""
    parts = {part for word in words for part in re.split(r"[^a-z0-9]+", _fold(word)) if len(part) > 2}
    return sorted(parts | {word.casefold() for word in words if "@" in word})
