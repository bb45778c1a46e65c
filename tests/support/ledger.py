"""The ledger of a fault test: what was asked, what was seen, and whether enough went wrong to count.

lost = ok - seen · unexpected = seen - attempted · doubled = seen twice · residue = parked beyond what the row allows.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Verdict:
    """What the ledger found."""

    lost: frozenset[str]
    unexpected: frozenset[str]
    doubled: frozenset[str]
    residue: int

    @property
    def clean(self) -> bool:
        """Nothing lost, nothing doubled, nothing that was never asked, nothing left over."""
        return not (self.lost or self.unexpected or self.doubled or self.residue)

    def __str__(self) -> str:
        return (
            f"lost {len(self.lost)}, unexpected {len(self.unexpected)}, doubled {len(self.doubled)}, "
            f"residue {self.residue}"
        )


@dataclass
class Ledger:
    """Every command by its marker, and every fault that really happened."""

    ok: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    kills: int = 0

    @property
    def attempted(self) -> set[str]:
        """All that was ever asked."""
        return self.ok | self.refused | self.unknown

    def settle(self, marker: str, outcome: str) -> None:
        """Note the outcome of `marker`: ok, refused or unknown; an unknown one may become known by a retry."""
        for book in (self.ok, self.refused, self.unknown):
            book.discard(marker)
        getattr(self, outcome).add(marker)

    def compare(self, seen: Iterable[str], parked: int = 0, expected_parked: int = 0) -> Verdict:
        """Balance the books against what was seen from outside."""
        counted = Counter(seen)
        return Verdict(
            frozenset(self.ok - counted.keys()),
            frozenset(counted.keys() - self.attempted),
            frozenset(marker for marker, count in counted.items() if count > 1),
            parked - expected_parked,
        )

    def enough(self, *, kills: int, operations: int) -> None:
        """AssertionError when too little went wrong, or too little was done, for the result to mean anything."""
        assert self.kills >= kills, f"only {self.kills} kills of {kills}"
        assert len(self.ok) >= operations, f"only {len(self.ok)} operations of {operations}"
        assert not self.unknown, f"{len(self.unknown)} commands never became known"
