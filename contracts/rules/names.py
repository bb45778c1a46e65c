"""Names of people, companies and files: what is read is what is there (AA47, decision 0019)."""

import re
import unicodedata

from backbone.errors import REQUIRED
from contracts.rules.invisible import invisible, trimmed

LONGEST = 100
FORBIDDEN = "Ce champ contient un caractère interdit."
NO_LETTER = "Ce champ doit contenir au moins une lettre."
LINK = "Ce champ ne peut pas contenir l'adresse d'un site."
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINK = re.compile(r"://|www\.", re.IGNORECASE)


def tidy_name(text: str) -> str:
    """A typed name as it is kept: composed (NFC), one space between words, nothing invisible around it."""
    return _SPACES.sub(" ", trimmed(unicodedata.normalize("NFC", text)))


def name_refusal(text: str, longest: int = LONGEST) -> str | None:
    """Why `text` cannot be the name of somebody or something, in a sentence for who typed it; None when it can.

    A name has a letter, no control, line end, format or direction character, and is no link that a mail program
    would make: it is shown to others, in pages and mails, among words that are ours.
    """
    name = tidy_name(text)
    if not name:
        return REQUIRED
    if len(name) > longest:
        return f"{longest} caractères au maximum."
    if any(_forbidden(char) for char in name):
        return FORBIDDEN
    if not any(char.isalpha() for char in name):
        return NO_LETTER
    return LINK if _LINK.search(unicodedata.normalize("NFKC", name)) else None


def cleaned_name(text: str) -> str:
    """A name of the caisse or of an event, made safe instead of refused: a line or a person would be lost.

    What is forbidden goes, a link is only words any more; without a letter it stays (« 1664 » is a company, « 01 » a
    site). Empty when nothing is left to show.
    """
    if text.isascii() and text.isprintable() and not _LINK.search(text):
        return tidy_name(text)
    shown = "".join(" " if _breaks(char) else char for char in text if _breaks(char) or not _forbidden(char))
    if _LINK.search(unicodedata.normalize("NFKC", shown)):
        shown = _unlinked(shown)
    return tidy_name(shown)


def _unlinked(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    while _LINK.search(plain):
        plain = _LINK.sub(" ", plain)
    return plain


def _breaks(char: str) -> bool:
    return char in "\t\n\r\v\f\x85" or unicodedata.category(char) in ("Zl", "Zp")


def _forbidden(char: str) -> bool:
    return unicodedata.category(char)[0] == "C" or unicodedata.category(char) in ("Zl", "Zp") or invisible(char)
