"""In which order messages of one urgency leave, so that who orders a thousand does not stand before who orders one.

Each has a turn, in milliseconds: the instant it was ordered, but for who has others waiting, a quarter of a second
after the last of them. So a company's flood is spread over time and everybody else passes through it; nobody waits for
ever, for what is ordered later than a turn stands behind it. Turns only order: a free sender takes the next one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

SPACING = 250


def turns(parties: Sequence[str], last: Mapping[str, int], now: datetime) -> list[int]:
    """The turn of one message of each of `parties`, in order; `last`: the last turn of those that have some waiting."""
    begun, taken, found = int(now.timestamp() * 1000), dict(last), list[int]()
    for party in parties:
        taken[party] = max(begun, taken[party] + SPACING) if party in taken else begun
        found.append(taken[party])
    return found
