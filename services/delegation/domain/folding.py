"""Keys that sort and search as French readers expect: « Émile » before « Zoé », whatever the database's collation."""

import unicodedata


def fold(text: str | None) -> str:
    """Lower case, without accents, single spaces: the same key for « É é E e »."""
    decomposed = unicodedata.normalize("NFKD", (text or "").replace("œ", "oe").replace("Œ", "oe"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def name_key(nom: str | None, prenom: str | None, email: str) -> str:
    """The default order of the beneficiaries: Nom, then Prénom (G16); who has no name yet comes by his address."""
    # A control character between the two, so that « Le » / « Roux » and « Le Roux » do not mix.
    return f"{fold(nom)}\x01{fold(prenom)}" if nom or prenom else fold(email)
