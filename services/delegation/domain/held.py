"""What a delegation opened on a past day, from the versions that it had: who could do what, on the day itself.

Two times: the day that is asked about, and the instant up to which one knows. A version counts from the moment
it was decided until the next one was, so what was decided later takes nothing from what somebody could do before; what
was not known yet at the instant is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.delegation.domain.grant import Grant


@dataclass(frozen=True)
class Version:
    """What a delegation was worth from `since` until `until` (None: until now, or for as long as one knows)."""

    since: datetime
    until: datetime | None
    grant: Grant


@dataclass(frozen=True)
class Day:
    """A day, its first instant and the first one after it."""

    day: date
    begin: datetime
    end: datetime


def held_on(versions: Iterable[Version], day: Day) -> list[Version]:
    """What these versions of one delegation, in their order, opened on `day`: each with when it began and ended, as far
    as that was within its hours; neighbours that open the same are one. `until` None: to its end."""
    found: list[Version] = []
    for one in _open(versions, day):
        until = None if one.until is None or one.until >= day.end else one.until
        last = found[-1] if found else None
        if last and last.until == one.since and last.grant.scope == one.grant.scope:
            found[-1] = replace(one, since=last.since, until=until)
        else:
            found.append(replace(one, since=max(one.since, day.begin), until=until))
    return found


def _open(versions: Iterable[Version], day: Day) -> Iterator[Version]:
    for one in versions:
        lasts = one.until is None or one.until > max(day.begin, one.since)
        if one.since < day.end and lasts and one.grant.period.covers(day.day):
            yield one
