"""SIREN and SIRET numbers and their key (D9): 9 digits, and 9 + 5 of which the first nine are the SIREN."""

LA_POSTE = "356000000"
LA_POSTE_HEAD_OFFICE = "35600000000048"


def luhn_sum(digits: str) -> int:
    """The sum whose remainder by ten is zero for a right number."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total


def right_siren(text: str) -> bool:
    """True for nine digits with the right key."""
    return len(text) == 9 and _digits(text) and luhn_sum(text) % 10 == 0


def right_siret(text: str) -> bool:
    """True for fourteen digits with the right key, the establishments of La Poste included."""
    if len(text) != 14 or not _digits(text):
        return False
    # La Poste had more establishments than keys: theirs is that the plain sum of the digits is a multiple of five.
    if text.startswith(LA_POSTE) and text != LA_POSTE_HEAD_OFFICE:
        return sum(map(int, text)) % 5 == 0
    return luhn_sum(text) % 10 == 0


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
