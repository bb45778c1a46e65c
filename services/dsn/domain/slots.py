"""The effective set of a month: which deposits are alive once fractions, replacements and cancellations are applied.

A slot is (declarant, fraction). The first normal one holds it, a replacement takes its place, a cancellation empties
it; a second normal one on a held slot is a duplicate and counts for nothing. A replacement or cancellation that names
what it replaces (S20.G00.05.006) is about the slot of that one, whoever made it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.dsn.domain.deposit import CANCELS, MONTHLY, NEANT, NORMAL, Deposit


@dataclass(slots=True)
class Slot:
    """One place. `before` are the deposits that were replaced here, the latest last; `ended_by` what ended each.

    `anchored` is false while only a replacement was seen: the normal one it speaks of may still come.
    """

    live: Deposit | None = None
    anchored: bool = False
    before: list[Deposit] = field(default_factory=list)
    ended_by: list[Deposit] = field(default_factory=list)

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
            self.ended_by.append(deposit)
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
    def ended(self) -> list[Deposit]:
        """The deposits that were replaced or cancelled, and those that cancelled."""
        return [one for slot in self.slots for one in (*slot.before, *slot.ended_by)]

    @property
    def fractions(self) -> tuple[int, int]:
        """How many different fractions are alive, out of how many (the most any of them says)."""
        live = self.live
        return len({one.fraction for one in live}), max((one.fractions for one in live), default=0)

    @property
    def complete(self) -> bool:
        """All live fractions agree on their number and none lacks."""
        alive, total = self.fractions
        return self.consistent and alive == total

    @property
    def consistent(self) -> bool:
        """All live fractions agree on their number, and are of it: not « 3 of 2 », nor « 1 of 0 »."""
        live = self.live
        return len({one.fractions for one in live}) == 1 and all(1 <= one.fraction <= one.fractions for one in live)

    @property
    def declarant_mismatch(self) -> bool:
        """Two declarants are alive on one fraction: both count, an agent has to look."""
        return len(self.live) > self.fractions[0]


NOTHING = EffectiveSet((), 0, cancelled=False, not_addressed=False, neant=False)


def effective_set(deposits: Iterable[Deposit], fund_code: str, nature: str = MONTHLY) -> EffectiveSet:
    """The effective set of the deposits of one establishment and month, in any order and with repeats; of the monthly
    ones, or of those of another nature."""
    asked = {one.identity: one for one in deposits if one.nature == nature}
    counted = [one for one in asked.values() if not one.is_test and one.is_for(fund_code)]
    slots: dict[tuple[str, int], Slot] = {}
    named: dict[str, Slot] = {}
    duplicates, cancelled = 0, False
    for deposit in sorted(counted, key=lambda one: one.rank_in_time):
        slot = _replaced(deposit, named) or slots.setdefault((deposit.declarant, deposit.fraction), Slot())
        duplicates += not slot.take(deposit)
        cancelled = cancelled or deposit.type == CANCELS
        named.update((name, slot) for name in (deposit.business_id, deposit.flow_id) if name)
    held = tuple(slots.values())
    neant = all(slot.live.nobody(fund_code) for slot in held if slot.live)
    return EffectiveSet(held, duplicates, cancelled, not_addressed=bool(asked) and not counted, neant=neant)


def _replaced(deposit: Deposit, named: Mapping[str, Slot]) -> Slot | None:
    """The slot of what `deposit` says it replaces; null when it names nothing known here."""
    if deposit.replaced is None or deposit.type in (NORMAL, NEANT):
        return None
    return named.get(deposit.replaced)
