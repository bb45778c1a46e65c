"""Fictional SIREN and SIRET numbers with the right key (D9)."""

from stdnum import luhn


def siren(number: int) -> str:
    """The SIREN whose first eight digits are `number`."""
    return _with_key(f"{number:08}")


def siret(company: str, site: int) -> str:
    """The SIRET of the establishment `site` (NIC of four digits and the key) of `company`."""
    return _with_key(f"{company}{site:04}")


def _with_key(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)
