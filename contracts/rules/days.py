"""The days that a delegation can have: said by the page that asks for one, held by delegation (AA32)."""

from datetime import date

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 12, 31)


def is_possible(day: date) -> bool:
    """True unless its year is senseless."""
    return EARLIEST <= day <= LATEST
