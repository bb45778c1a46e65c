"""How many SMS may leave whoever asks for them (C5): each person's own limits bound a person, not a crowd of accounts.

Three brakes beside them: a client address, a block of a thousand numbers (the operators sell them so, and who bills
for calls to them owns one), and all of them together: three times what an hour usually sees. Somebody whose number was
certified once is known and never braked; the limits of his account and number still hold.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from contracts.rules.windows import DAY, HOUR, Window

PER_ADDRESS = (Window(HOUR, 60), Window(DAY, 200))
PER_BLOCK = (Window(HOUR, 20), Window(DAY, 50))
REMEMBERED = timedelta(days=7)
TIMES_USUAL = 3


def block_of(number: str) -> str:
    """The thousand numbers that `number` (E.164) is one of."""
    return number[:-3]


def hour_of(now: datetime) -> datetime:
    """The hour, UTC, in which `now` is counted."""
    return now.replace(minute=0, second=0, microsecond=0)


def most_in_an_hour(before: Sequence[int], floor: int) -> int:
    """How many may leave in one hour, after the hours `before` it (those with any): three times their mean, at least
    `floor`. Nights do not count, so that nine o'clock is compared with working hours."""
    usual = sum(before) / len(before) if before else 0
    return max(floor, int(TIMES_USUAL * usual))
