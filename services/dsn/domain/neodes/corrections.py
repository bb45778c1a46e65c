"""What a declaration says of earlier months, gathered while it is read: a declaration due is corrected in a later one.

A base (S21.G00.78) whose period (.002, .003) is that of an earlier month corrects it, when it is one that the caisse
looks at; the answer that asked for it may be named (.007). A contribution of the establishment (S21.G00.82) corrects
when it names one (.006).
"""

from collections.abc import Mapping, Sequence

from services.dsn.domain.deposit import Correction
from services.dsn.domain.neodes import tree
from services.dsn.domain.neodes.dates import is_date
from services.dsn.domain.periods import Period

# Paid leave, OPPBTP, bad weather (big works, second works), and the exceptions to them.
BASES = frozenset(("20", "21", "34", "35", "36", "39", "40"))
MOST = 64
LONGEST_QUOTE = 64


class Corrections:
    """The earlier months of a declaration whose header is being filled."""

    def __init__(self, header: Mapping[tuple[str, int], str]) -> None:
        self._header = header
        self._base = self._since = self._until = self._contribution = ""
        self._found: set[Correction] = set()
        self.open = False

    @property
    def too_many(self) -> bool:
        """True when some are left out."""
        return len(self._found) > MOST

    def found(self) -> tuple[Correction, ...]:
        """What was gathered, the same whatever the order of the bases."""
        self.close_base()
        return tuple(sorted(self._found, key=str)[:MOST])

    def since(self, base: str, day: str) -> None:
        """S21.G00.78.001 and .002: a base that begins on `day`, which is of another month than the one declared."""
        self.close_base()
        self._base, self._since, self._until = base, day, ""
        self.open = base in BASES

    def until(self, day: str) -> None:
        """S21.G00.78.003: its last day."""
        self._until = day

    def asked_by(self, quote: str) -> None:
        """S21.G00.78.007: the answer of the caisse that made the correction, whatever month the base is of."""
        if self.open:
            self.close_base(quote.strip())
        else:
            self._add([None], quote.strip())

    def contribution(self, day: str) -> None:
        """S21.G00.82.003: the first day that a contribution of the establishment is about."""
        self._contribution = day

    def contribution_asked_by(self, quote: str) -> None:
        """S21.G00.82.006: the answer that made it."""
        month = self._earlier(self._contribution)
        self._add([month] if month else [None], quote.strip())

    def close_base(self, quote: str = "") -> None:
        """The base is over; nothing when none was open."""
        first, last = self._earlier(self._since), self._earlier(self._until)
        if self.open:
            # One that goes on to the month declared or beyond corrects the month it begins in.
            months = list(first.until(last if last and first <= last else first))[:MOST] if first else []
            self._add(months or [None], quote)
        self.open = False

    def _add(self, months: Sequence[Period | None], quote: str) -> None:
        quote = quote if len(quote) <= LONGEST_QUOTE and quote.isprintable() else ""
        for month in months:
            if (month or quote) and len(self._found) <= MOST:
                self._found.add(Correction(month, quote))

    def _earlier(self, day: str) -> Period | None:
        """The month of `day` (JJMMAAAA) when it is before the month declared, and of this century."""
        declared = self._header.get((tree.DECLARATION, 5), "")
        if not (is_date(day) and is_date(declared) and day[4:6] == declared[4:6] == "20"):
            return None
        month, own = (Period(int(one[4:]), int(one[2:4])) for one in (day, declared))
        return month if month < own else None
