"""Days, instants and telephone numbers as people read them: pages, mails, SMS and refusals write them by these alone.

The year has four digits, the hour its « h » between spaces that no line breaks (« 23/11/2026 à 18 h 03 »), Paris counts
(T10). A number is written in pairs; masked, its owner knows it again and a passer-by does not.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
FRANCE = "+33"
PREFIXES = (FRANCE, "+590", "+594", "+596", "+262")  # of the ranges that a person may have (D16)
HIDDEN = "••"


def day(value: date) -> str:
    """« 23/11/2026 »; of an instant, its day in Paris."""
    return f"{value.astimezone(PARIS) if isinstance(value, datetime) else value:%d/%m/%Y}"


def short_day(value: date) -> str:
    """« 16/11 », where the year stands beside."""
    return day(value)[:5]


def hour(value: datetime) -> str:
    """« 18 h 03 » in Paris."""
    return f"{value.astimezone(PARIS):%H\u00a0h\u00a0%M}"


def moment(value: datetime) -> str:
    """« 23/11/2026 à 18 h 03 » in Paris."""
    return f"{day(value)} à {hour(value)}"


def split_phone(number: str) -> tuple[str, str]:
    """An E.164 number as (prefix, number as it is dialled there); the prefix is empty for a country not in the list."""
    for prefix in PREFIXES:
        if number.startswith(prefix):
            dialled = "0" + number[len(prefix) :]
            return prefix, " ".join(dialled[i : i + 2] for i in range(0, len(dialled), 2))
    return "", number


def phone(number: str) -> str:
    """« 06 12 34 56 78 », « +262 6 92 12 34 56 »."""
    prefix, dialled = split_phone(number)
    return dialled if prefix in (FRANCE, "") else f"{prefix} {dialled.removeprefix('0')}"


def masked_phone(number: str) -> str:
    """« 06 •• •• •• 78 »: how it begins and its last two digits."""
    if not split_phone(number)[0]:
        return f"{number[:3]} {HIDDEN} {HIDDEN} {HIDDEN} {number[-2:]}"
    begins, *between, ends = phone(number).split(" ")
    kept = between[:1] if begins.startswith("+") else []
    return " ".join([begins, *kept, *[HIDDEN] * (len(between) - len(kept)), ends])
