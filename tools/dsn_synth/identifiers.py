"""Fictional numbers with right keys. People are NOM0001, their NIR is in a commune that does not exist."""

import random

from stdnum import luhn


def with_key(digits: str) -> str:
    """`digits` and the last digit that makes the Luhn sum right."""
    return digits + luhn.calc_check_digit(digits)


def siren(rng: random.Random) -> str:
    """A SIREN with a right key."""
    return with_key("".join(rng.choice("0123456789") for _ in range(8)))


def siret(of: str, establishment: int) -> str:
    """The SIRET of the establishment number `establishment` (0–999) of the SIREN `of`, NIC in 0xxxk."""
    return with_key(f"{of}{establishment:04d}")


def nir(person: int) -> str:
    """Thirteen digits of nobody: department 99, commune 999."""
    thousand, rank = divmod(person, 1000)
    year, month = divmod(thousand, 12)
    return f"{1 + person % 2}{60 + year % 40:02d}{1 + month:02d}99999{rank:03d}"
