"""What could not be processed of a month (R8): a refused piece of a file, or what the caisse says it failed on.

It stands until something later: a deposit that could be read, or an answer of the caisse to what is alive.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.dsn.domain.deposit import LONG_AGO, MONTHLY, Deposit
from services.dsn.domain.facts import Beside, Failure, Ignored, RefusedPiece, Why

Failed = RefusedPiece | Failure


@dataclass(frozen=True, slots=True)
class Failing:
    """The failures that stand, and those that do not count, each with why."""

    standing: tuple[Failed, ...] = ()
    over: tuple[Ignored, ...] = ()


NOTHING_FAILS = Failing()


def failing(beside: Beside, good: Collection[Deposit], answered_at: Iterable[datetime], fund_code: str) -> Failing:
    """What stands among the refused pieces and failures of `beside`. `good` are the month's deposits that count,
    `answered_at` when the caisse answered to those alive."""
    if not (beside.refused or beside.failures):
        return NOTHING_FAILS
    last = max(answered_at, default=LONG_AGO)
    judged = [(one, _why(one, good, last, fund_code)) for one in _once(beside)]
    standing = tuple(one for one, why in judged if why is None)
    return Failing(standing, tuple(Ignored(one, why) for one, why in judged if why))


def _once(beside: Beside) -> Iterator[Failed]:
    """Each fact once, in one order."""
    known: Sequence[Failed] = (*beside.refused, *beside.failures)
    yield from dict(sorted((one.identity, one) for one in known)).values()


def _why(one: Failed, good: Collection[Deposit], answered: datetime, fund_code: str) -> Why | None:
    if isinstance(one, RefusedPiece):
        if one.is_test:
            return Why.TEST
        if one.nature not in ("", MONTHLY):
            return Why.OTHER_NATURE
        if one.named and fund_code not in one.named:
            return Why.OTHER_CAISSE
        over = answered > (one.deposited_at or one.received_at) or any(_mends(deposit, one) for deposit in good)
    else:
        over = answered > one.failed_at or any(_follows(deposit, one) for deposit in good)
    return Why.OVERTAKEN if over else None


def _mends(good: Deposit, refused: RefusedPiece) -> bool:
    """The same send, readable this time; or a later one. The day of deposit decides when both say it."""
    if good.flow_id and (good.flow_id, good.flow_rank) == (refused.flow_id, refused.flow_rank):
        return True
    if good.deposited_at and refused.deposited_at:
        return good.deposited_at >= refused.deposited_at
    return (good.received_at or good.deposited_at or LONG_AGO) >= refused.received_at


def _follows(good: Deposit, failure: Failure) -> bool:
    """A deposit made after the failure; never the one that failed."""
    failed = good.flow_id == failure.flow_id and failure.flow_rank in (None, good.flow_rank)
    return (good.known_since or LONG_AGO) >= failure.failed_at and not (failure.flow_id and failed)
