"""SIREN and SIRET: digits with their key, by python-stdnum, which knows La Poste's establishments (D9)."""

from stdnum.fr import siren, siret


def right_siren(text: str) -> bool:
    """Nine ASCII digits with the right key."""
    return _digits(text) and siren.is_valid(text)


def right_siret(text: str) -> bool:
    """Fourteen ASCII digits with the right key, of which the first nine are a right SIREN."""
    return _digits(text) and siret.is_valid(text)


def _digits(text: str) -> bool:
    # The library takes spaces and points too: what is kept and compared has none.
    return text.isascii() and text.isdigit()
