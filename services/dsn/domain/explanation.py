"""Which facts of a month count and which do not, each with its reason. Pure, like the month that it explains."""

from collections.abc import Collection, Iterator, Mapping

from services.dsn.domain.crm import Crm, latest
from services.dsn.domain.deposit import CANCELS, MONTHLY, NEANT, NORMAL, Deposit
from services.dsn.domain.facts import Fact, Ignored, Publications, Why
from services.dsn.domain.month import Month
from services.dsn.domain.slots import Slot, effective_set

Fates = dict[str, Why | None]
Judged = tuple[Fact, Why | None]


def weighed(
    month: Month, deposits: Collection[Deposit], publications: Publications, fund_code: str
) -> tuple[tuple[Fact, ...], tuple[Ignored, ...]]:
    """The facts that count for `month` and those that do not: its `deposits`, what it says of other facts, the answers.

    What the month itself says of a deposit wins: a later one that corrects it, a substitution.
    """
    fates = _fates({one.identity: one for one in deposits}, fund_code)
    said: dict[str, tuple[Fact, Why | None]] = {one.identity: (one, fates[one.identity]) for one in deposits}
    said |= {_identity(one): (one, None) for one in month.counted}
    said |= {_identity(one.fact): (one.fact, one.why) for one in month.ignored}
    facts = [*said.values(), *_answers(said.values(), publications)]
    return tuple(fact for fact, why in facts if why is None), tuple(Ignored(fact, why) for fact, why in facts if why)


def _identity(fact: Fact) -> str:
    return repr(fact) if isinstance(fact, Crm) else fact.identity


def _fates(deposits: Mapping[str, Deposit], fund_code: str) -> Fates:
    """By identity. What is neither alive nor was in a place before has been turned away at the door."""
    effective = effective_set(deposits.values(), fund_code)
    fates: Fates = {one.identity: None for one in effective.live}
    for slot in effective.slots:
        fates.update(_replaced(slot))
    return {one.identity: fates.get(one.identity, _turned_away(one, fund_code)) for one in deposits.values()}


def _replaced(slot: Slot) -> Iterator[tuple[str, Why | None]]:
    """Those that held this place before, each ended by the next one that replaces or cancels: that one did its work."""
    for one, ender in zip(slot.before, slot.ended_by, strict=True):
        yield one.identity, Why.CANCELLED if ender.type == CANCELS else Why.REPLACED
        if ender.type == CANCELS:
            yield ender.identity, None


def _not_weighed(one: Deposit, fund_code: str) -> Why | None:
    """Why a deposit has no place to ask for; null when it has."""
    if one.nature != MONTHLY:
        return Why.OTHER_NATURE
    if one.is_test:
        return Why.TEST
    return None if one.is_for(fund_code) else Why.OTHER_CAISSE


def _turned_away(one: Deposit, fund_code: str) -> Why:
    why = _not_weighed(one, fund_code)
    return why or (Why.DUPLICATE if one.type in (NORMAL, NEANT) else Why.OVERTAKEN)


def _answers(judged: Collection[Judged], publications: Publications) -> Iterator[Judged]:
    """The answers to each deposit: the newest one shares its fate, and is told of a correction that is not accepted."""
    for deposit, why in judged:
        if not isinstance(deposit, Deposit) or deposit.flow_id is None or deposit.flow_rank is None:
            continue
        told = tuple(publications.get((deposit.flow_id, deposit.flow_rank), ()))
        last = latest(told).values()
        for answer in told:
            yield answer, _shared(why) if answer in last else Why.OVERTAKEN


def _shared(why: Why | None) -> Why | None:
    return None if why is Why.NOT_ACCEPTED else why
