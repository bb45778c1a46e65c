"""The day of the month by which a site declares, as it was through time: a change of it rewrites no past month.

A history is a list of (month, day): from that month on, that day; the first one holds for the months before it, too.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from services.dsn.domain.periods import Period

Said = tuple[datetime, int]


def merged(said: Iterable[Said]) -> list[Said]:
    """All that was said, in order of time, without what only repeats the day before it."""
    ordered = sorted(set(said))
    return [one for at, one in enumerate(ordered) if at == 0 or ordered[at - 1][1] != one[1]]


def in_force(history: Sequence[tuple[Period, int]], period: Period) -> int:
    """The due day of `period`: the last one said in that month or before it, else the first ever said."""
    return next((day for since, day in reversed(history) if since <= period), history[0][1])
