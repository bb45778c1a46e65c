"""An electronic address as the login: kept as typed, compared by its canonical form (G46, G56)."""

import unicodedata

from contracts.rules.addresses import LONGEST
from contracts.rules.addresses import canonical_address as fold

__all__ = ["LONGEST", "fold", "has_control"]


def has_control(text: str) -> bool:
    """Whether `text` holds a control or line-breaking character: it could forge a header or a log line (AA47)."""
    return any(unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") for char in text)
