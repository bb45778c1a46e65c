"""Keys that sort and search as French readers expect, whatever the database's collation."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, without accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).casefold().split())
