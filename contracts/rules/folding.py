"""Keys that sort and search as French readers expect: « Émile » before « Zoé », whatever the database's collation."""

import unicodedata

from contracts.rules.invisible import dash, invisible

# Letters that no decomposition takes apart (small: they come after casefold, which has made « ß » into « ss »).
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i"})
_APOSTROPHES = frozenset("'’‘ʼ`´′‛")
# Begins the key of who has no name: after every letter, in PostgreSQL's "C" and in SQLite's order alike.
NAMELESS = "\uffff"


def fold(text: str | None) -> str:
    """Small letters without accents; apostrophes of any shape, hyphens and spaces are one separator, a space."""
    folded = _letters(_letters(text or ""))
    return " ".join("".join(" " if _separates(char) else char for char in folded).split())


def name_key(nom: str | None, prenom: str | None, email: str) -> str:
    """The default order of the beneficiaries: Nom, then Prénom (G16); without a name last, by address."""
    # A control character between the two, so that « Le » / « Roux » and « Le Roux » do not mix.
    if fold(nom):
        return f"{fold(nom)}\x01{fold(prenom)}"
    return f"{NAMELESS}{fold(prenom) or fold(email)}"


def _letters(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in apart if not unicodedata.combining(char) and not invisible(char))
    return bare.casefold().translate(_LETTERS)


def _separates(char: str) -> bool:
    return char in _APOSTROPHES or dash(char)
