"""Which tiles come first: what a person used most, the longer ago the less it counts (G69)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from math import fsum

from contracts.words.uses import ADMINISTRATION, PLACES
from services.delegation.domain.rights import Scope

HALF_LIVES = 6  # after which a day of use weighs a sixty-fourth and is forgotten


def by_use(uses: Iterable[tuple[str, date]], half_life: int) -> list[str]:
    """The codes that were used, most used first.

    `uses`: each day on which a code was used. A day counts once, and half of what it did for every `half_life` days
    since: all weights shrink alike, so that an order never changes by the mere passing of time. Equal ones: the one
    used last, then by code.
    """
    days: defaultdict[str, set[date]] = defaultdict(set)
    for code, day in uses:
        days[code].add(day)
    newest = max((day for of in days.values() for day in of), default=date.min)
    return sorted(days, key=lambda code: (-_weight(days[code], newest, half_life), -max(days[code]).toordinal(), code))


def forgotten_before(day: date, half_life: int) -> date:
    """The first day that is still kept on `day`."""
    return day - timedelta(days=HALF_LIVES * half_life)


def counted(codes: Collection[str], scope: Scope) -> list[str]:
    """Those of `codes` that the scope lets somebody use: what he has no right to he did not use."""
    open_to_all = set(PLACES) - {ADMINISTRATION}
    theirs = {*scope.rights, *open_to_all, *([ADMINISTRATION] if scope.administrator else [])}
    return sorted(theirs & set(codes))


def _weight(days: Collection[date], newest: date, half_life: int) -> float:
    return fsum(0.5 ** ((newest - day).days / half_life) for day in days)
