"""Where pages read a number or a day that somebody typed: what is unreadable is never taken for empty."""

import re
from datetime import date
from uuid import UUID

from contracts.rules.addresses import plain_address
from contracts.words import months
from contracts.words.messages import NO_ADDRESS

NO_SUCH_DAY = "Cette date n'existe pas."
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})|([0-9]{2})([0-9]{2})([0-9]{4})")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST = 30  # of what may still be a day or a number: nothing longer is looked at
_KEY = 36
_LARGEST = 999_999_999


def day(typed: str) -> date | None:
    """The day in jj/mm/aaaa, with dots, dashes or nothing between, or aaaa-mm-jj; None when there is no such day."""
    text = typed.strip()[:_LONGEST]
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
        if found := _DAY.fullmatch(text):
            first, month, year = (int(part) for part in found.groups() if part)
            return date(year, month, first)
    except ValueError:
        pass
    return None


def month(written: str | None) -> tuple[int, int] | None:
    """The year and the month of « aaaa-mm », as addresses write it; None for anything else."""
    try:
        return months.parsed(written or "")
    except ValueError:
        return None


def key(written: str | None) -> UUID | None:
    """The key of a page of a list, as addresses write it; None for anything else."""
    try:
        return UUID(written) if written and len(written) == _KEY else None
    except ValueError:
        return None


def no_address(typed: str) -> str:
    """What is wrong with an address, told before anything else is asked or done; empty when it is one."""
    return "" if plain_address(typed) else NO_ADDRESS.sentence


def as_typed(value: date | None) -> str:
    """A day as the fields show it and take it back; nothing for no day."""
    return f"{value.day:02}/{value.month:02}/{value.year:04}" if value else ""


def number(typed: str | None, *, least: int = 0, most: int = _LARGEST) -> int | None:
    """A whole number in plain digits, from `least` to `most`; None when it is not one (« ² » and « ٣ » are none)."""
    if not typed or len(typed) > _LONGEST or not re.fullmatch("[0-9]+", typed):
        return None
    value = int(typed)
    return value if least <= value <= most else None
