"""Fictional SIREN and SIRET numbers with the right key (D9)."""


def siren(number: int) -> str:
    """The SIREN whose first eight digits are `number`."""
    return _with_key(f"{number:08}")


def siret(company: str, site: int) -> str:
    """The SIRET of the establishment `site` (NIC of four digits and the key) of `company`."""
    return _with_key(f"{company}{site:04}")


def _with_key(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"
