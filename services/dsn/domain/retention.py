"""How long a month is judged and kept: five whole civil years after its own (`docs/dsn.md`, « Five years »)."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from services.dsn.domain.periods import Period

_PARIS = ZoneInfo("Europe/Paris")
FORGOTTEN = "R0"


def oldest_kept(as_of: datetime, years: int) -> Period:
    """The oldest month that is judged at `as_of`: January (of Paris) of the year `years` ago."""
    return Period(as_of.astimezone(_PARIS).year - years, 1)


@lru_cache(maxsize=256)
def begins_at(period: Period) -> datetime:
    """The instant (UTC) at which `period` begins in Paris."""
    return datetime(period.year, period.month, 1, tzinfo=_PARIS).astimezone(UTC)


def forgotten_at(period: Period, years: int) -> datetime:
    """The instant (UTC) from which `period` is not judged any more."""
    return begins_at(Period(period.year + years + 1, 1))
