"""The effective set of a month: which deposits are alive once fractions, replacements and cancellations are applied.

A slot is (declarant, fraction). The first normal one holds it, a replacement takes its place, a cancellation empties
it; a second normal one on a held slot is a duplicate and counts for nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.dsn.domain.deposit import CANCELS, MONTHLY, NEANT, NORMAL, Deposit


@dataclass(slots=True)
class Slot:
    """One place. `before` are the deposits that were replaced here, the latest last.

    `anchored` is false while only a replacement was seen: the normal one it speaks of may still come.
    """

    live: Deposit | None = None
    anchored: bool = False
    before: list[Deposit] = field(default_factory=list)

    def take(self, deposit: Deposit) -> bool:
        """Apply the next deposit of this slot, in time order; false when it is a duplicate."""
        if deposit.type in (NORMAL, NEANT):
            if self.live and self.anchored:
                return False
            # A replacement that claims to be older than what it replaces is not one.
            self.live, self.anchored = deposit, True
            return True
        if self.live:
            self.before.append(self.live)
        self.live = None if deposit.type == CANCELS else deposit
        self.anchored = self.anchored and self.live is not None
        return True


@dataclass(frozen=True, slots=True)
class EffectiveSet:
    """What is left of a month's deposits, and why there may be nothing left."""

    slots: tuple[Slot, ...]
    duplicates: int
    cancelled: bool
    not_addressed: bool
    neant: bool

    @property
    def live(self) -> list[Deposit]:
        """The deposits that count."""
        return [slot.live for slot in self.slots if slot.live]

    @property
    def fractions(self) -> tuple[int, int]:
        """How many different fractions are alive, out of how many (the most any of them says)."""
        live = self.live
        return len({one.fraction for one in live}), max((one.fractions for one in live), default=0)

    @property
    def complete(self) -> bool:
        """All live fractions agree on their number and none lacks."""
        totals = {one.fractions for one in self.live}
        return len(totals) == 1 and {one.fraction for one in self.live} == set(range(1, totals.pop() + 1))

    @property
    def declarant_mismatch(self) -> bool:
        """Two declarants are alive on one fraction: both count, an agent has to look."""
        return len(self.live) > self.fractions[0]


NOTHING = EffectiveSet((), 0, cancelled=False, not_addressed=False, neant=False)


def effective_set(deposits: Iterable[Deposit], fund_code: str) -> EffectiveSet:
    """The effective set of the deposits of one establishment and month, in any order and with repeats."""
    monthly = {one.identity: one for one in deposits if one.nature == MONTHLY}
    counted = [one for one in monthly.values() if not one.is_test and one.is_for(fund_code)]
    slots: dict[tuple[str, int], Slot] = {}
    duplicates, cancelled = 0, False
    for deposit in sorted(counted, key=lambda one: one.rank_in_time):
        slot = slots.setdefault((deposit.declarant, deposit.fraction), Slot())
        duplicates += not slot.take(deposit)
        cancelled = cancelled or deposit.type == CANCELS
    held = tuple(slots.values())
    neant = all(slot.live.without_individual or slot.live.nobody_for(fund_code) for slot in held if slot.live)
    return EffectiveSet(held, duplicates, cancelled, not_addressed=bool(monthly) and not counted, neant=neant)
