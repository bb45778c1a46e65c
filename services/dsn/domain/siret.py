"""SIREN and SIRET: digits and their key (D9)."""

import re

_DIGITS = re.compile(r"\d+", re.ASCII)
LA_POSTE = "356000000"


def luhn(digits: str) -> bool:
    """True when the Luhn sum of `digits` (ASCII digits only) is a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_siren(text: str) -> bool:
    """Nine digits with a right key."""
    return len(text) == 9 and bool(_DIGITS.fullmatch(text)) and luhn(text)


def is_siret(text: str) -> bool:
    """Fourteen digits with a right key; the establishments of La Poste only need a digit sum divisible by five."""
    if len(text) != 14 or not _DIGITS.fullmatch(text):
        return False
    return luhn(text) or (text.startswith(LA_POSTE) and sum(map(int, text)) % 5 == 0)
