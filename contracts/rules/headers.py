"""What may stand on the one line of a mail header: one rule for who takes a text (contact) and who sends it."""

import unicodedata

# Controls, line and paragraph separators, halves of characters: each can end a header, or make a reader disagree.
REFUSED = ("Cc", "Zl", "Zp", "Cs")


def one_line(text: str) -> bool:
    """Whether `text` can be the subject of a mail, or a name in it, exactly as it is (AA47, ASVS 1.3.11)."""
    return not any(unicodedata.category(character) in REFUSED for character in text)
