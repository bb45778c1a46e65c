"""An electronic address as the login: kept as typed, compared by a folded key (G46, G56)."""

import unicodedata

LONGEST = 254


def fold(email: str) -> str:
    """The key under which an address is known: two spellings of one mailbox must not be two accounts."""
    return unicodedata.normalize("NFC", email.strip()).casefold()


def has_control(text: str) -> bool:
    """Whether `text` holds a control or line-breaking character: it could forge a header or a log line (AA47)."""
    return any(unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") for char in text)
