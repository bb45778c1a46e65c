"""A period: the month a DSN is about, written « AAAA-MM » everywhere outside of this file."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from contracts.words.months import MONTHS, dsn_of, parsed


class Period(NamedTuple):
    """A calendar month of 2000 to 2099. Ordered by time; a tuple, because sets of sites make and hash many."""

    year: int
    month: int

    @staticmethod
    def parse(written: str) -> "Period":
        """The period written « AAAA-MM »; ValueError for anything else."""
        return _parsed(written)

    @staticmethod
    def of(day: date) -> "Period":
        """The period `day` falls in."""
        return Period(day.year, day.month)

    def plus(self, months: int) -> "Period":
        """The period `months` later, or earlier when negative."""
        years, month = divmod(self.month - 1 + months, 12)
        return Period(self.year + years, month + 1)

    def until(self, last: "Period") -> Iterator["Period"]:
        """Every period from this one to `last`, both included; none when `last` is before."""
        period = self
        while period <= last:
            yield period
            period = period.plus(1)

    @property
    def name(self) -> str:
        """The month as the guide writes it, never through the process locale."""
        return MONTHS[self.month - 1]

    @property
    def label(self) -> str:
        """« DSN Octobre 2026 »."""
        return dsn_of(self.year, self.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@lru_cache(maxsize=4096)
def _parsed(written: str) -> Period:
    return Period(*parsed(written))
