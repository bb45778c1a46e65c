"""The months as people read them, and how a DSN is called after its own: « DSN Octobre 2026 ».

Never through the process locale: containers have none.
"""

import re

MONTHS = (
    "Janvier",
    "Février",
    "Mars",
    "Avril",
    "Mai",
    "Juin",
    "Juillet",
    "Août",
    "Septembre",
    "Octobre",
    "Novembre",
    "Décembre",
)
_WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


def parsed(written: str) -> tuple[int, int]:
    """The year (2000 to 2099) and the month (1 to 12) written « AAAA-MM »; ValueError for anything else."""
    found = _WRITTEN.fullmatch(written)
    if not found:
        raise ValueError("a period is written AAAA-MM")
    return int(found[1]), int(found[2])


def dsn_of(year: int, month: int) -> str:
    """What the DSN of a month is called: on Suivi DSN, and as the object of a message to the caisse (G64, G82)."""
    return f"DSN {MONTHS[month - 1]} {year}"
