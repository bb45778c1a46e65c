"""Certifying a mobile number by SMS (G50, G77, C5): six digits, ten minutes, five tries, one live code."""

import secrets
from datetime import timedelta
from typing import TypedDict

from contracts.rules.invisible import dash, invisible
from contracts.rules.windows import DAY, HOUR, Window

DIGITS = 6
TRIES = 5
PER_ACCOUNT = (Window(timedelta(seconds=60), 1), Window(HOUR, 5), Window(DAY, 10))
PER_NUMBER = (Window(DAY, 5),)


class Answered(TypedDict):
    """What became of a code that came back. `left`: the tries that a live one has still; None when it was right, or
    when none was live."""

    certified: bool
    left: int | None


def new_code() -> str:
    """Six digits from the system's random source (ASVS 6.5.3, 6.5.4)."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def read_code(text: str) -> str | None:
    """The digits of what was typed; spaces, dashes, points and what is not seen are left out. None: it is no code."""
    digits = "".join(char for char in text if not (char == "." or char.isspace() or dash(char) or invisible(char)))
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None
