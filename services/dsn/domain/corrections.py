"""What puts right a month that the caisse asked to rectify (R16), when its due date forbids another deposit of it: a
base of a later month, a substitution, a correction that the caisse validated. The caisse has to have accepted it after
it asked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from contracts.words.facts import Origin
from services.dsn.domain import crm
from services.dsn.domain.crm import Crm
from services.dsn.domain.deposit import AFTER_ANSWER, SUBSTITUTION, Correction, Deposit
from services.dsn.domain.facts import Beside, Fact, Facts, Ignored, Publications, Rectification, Why
from services.dsn.domain.periods import Period
from services.dsn.domain.slots import effective_set

_RESOLUTIONS = {Origin.ONLINE: "RECTIFIED_ONLINE", Origin.AGENT: "AGENT", Origin.SUBSTITUTION: "SUBSTITUTION"}


@dataclass(frozen=True, slots=True)
class Proof:
    """What ended an alert: how it is called in its history, since when, and the fact."""

    resolution: str
    at: datetime
    fact: Deposit | Rectification


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of a month: what proves that it is right, what still waits for the caisse, what counts for
    nothing."""

    proof: Proof | None = None
    waiting: tuple[Deposit, ...] = ()
    ignored: tuple[Ignored, ...] = ()


NO_CORRECTION = Corrections()


def corrected_by(facts: Facts, fund_code: str) -> Mapping[Period, list[Deposit]]:
    """The living monthly deposits that correct each month, from the later months of `facts`.

    A correction that names an answer we know is about the month of that one; else about the month of its base."""
    found: dict[Period, list[Deposit]] = defaultdict(list)
    saying = [month for month, some in facts.deposits.items() if any(one.corrections for one in some)]
    if not saying:
        return found
    flows = {one.flow_id: month for month, some in facts.deposits.items() for one in some if one.flow_id}
    for month in saying:
        for one in effective_set(facts.deposits[month], fund_code).live:
            for earlier in _months(one.corrections, flows):
                if earlier < month:
                    found[earlier].append(one)
    return found


def _months(corrections: Iterable[Correction], flows: Mapping[str, Period]) -> set[Period]:
    months = (flows.get(quote, month) for month, quote in corrections)
    return {month for month in months if month}


def corrections(
    deposits: Collection[Deposit], beside: Beside, publications: Publications, fund_code: str, since: datetime
) -> Corrections:
    """The corrections of the month of `deposits`, whose worst answer was published at `since`."""
    made = [(one, "REGULARISED_LATER") for one in beside.corrected_by]
    made += [(one, "SUBSTITUTION") for one in _substitutes(deposits, fund_code)]
    if not (beside.rectifications or made):
        return NO_CORRECTION
    validated = {one.identity: one for one in beside.rectifications}.values()
    weighed: list[Proof | Ignored | Deposit] = [_validated(one, since) for one in validated]
    weighed += [_judged(one, resolution, publications, since) for one, resolution in made]
    proofs = [one for one in weighed if isinstance(one, Proof)]
    ignored = [one for one in weighed if isinstance(one, Ignored)]
    waiting = [one for one in weighed if isinstance(one, Deposit)]
    return Corrections(
        min(proofs, key=lambda one: (one.at, one.resolution, one.fact.identity), default=None),
        tuple(sorted(waiting, key=_identity)),
        tuple(sorted(ignored, key=lambda one: _identity(one.fact))),
    )


def _substitutes(deposits: Collection[Deposit], fund_code: str) -> list[Deposit]:
    """The living substitutions that were made because of an answer."""
    if all(one.nature != SUBSTITUTION for one in deposits):
        return []
    alive = effective_set(deposits, fund_code, SUBSTITUTION).live
    return [one for one in alive if one.substitution == AFTER_ANSWER]


def _validated(told: Rectification, since: datetime) -> Proof | Ignored:
    if told.validated_at > since:
        return Proof(_RESOLUTIONS[told.origin], told.validated_at, told)
    return Ignored(told, Why.OVERTAKEN)


def _judged(made: Deposit, resolution: str, publications: Publications, since: datetime) -> Proof | Ignored | Deposit:
    """A deposit that corrects: a proof once it is accepted, itself while it waits."""
    said = list(published(made, publications))
    code, at = crm.answer(said).code, max((one.published_at for one in said), default=since)
    if code is None:
        return made
    if code != crm.ACCEPTED:
        return Ignored(made, Why.NOT_ACCEPTED)
    return Proof(resolution, at, made) if at > since else Ignored(made, Why.OVERTAKEN)


def _identity(fact: Fact) -> str:
    return "" if isinstance(fact, Crm) else fact.identity


def published(deposit: Deposit, publications: Publications) -> Iterable[Crm]:
    """What the caisse published about `deposit`; nothing when the platform gave it no flow."""
    if deposit.flow_id is None or deposit.flow_rank is None:
        return ()
    return publications.get((deposit.flow_id, deposit.flow_rank), ())
