"""The state of a month of a site: a pure function of the facts and of `as_of`, rule by rule (R1–R16 of docs/dsn.md).

The first rule that applies gives the state. Facts may come twice and in any order: the state is the same.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from contracts.rules.written import short_day
from contracts.words.statuses import MonthState as State
from services.dsn.domain import crm
from services.dsn.domain.case import Case
from services.dsn.domain.corrections import NO_CORRECTION, Corrections, Proof, published
from services.dsn.domain.crm import Answer
from services.dsn.domain.deposit import TYPE_LABELS, Deposit
from services.dsn.domain.facts import NOTHING_BESIDE, Beside, Fact, Ignored, Publications
from services.dsn.domain.failing import Failing, failing
from services.dsn.domain.messages import Kind
from services.dsn.domain.periods import Period
from services.dsn.domain.site import Patience, SiteLife
from services.dsn.domain.slots import NOTHING, EffectiveSet, Slot, effective_set

_JUST_AFTER = timedelta(microseconds=1)


class Reason(StrEnum):
    """Why there is an alert; the user sees the kind only."""

    MISSING = "MISSING"
    NOT_ADDRESSED = "NOT_ADDRESSED"
    FRACTION = "FRACTION"
    PROCESSING = "PROCESSING"
    PARTIAL = "PARTIAL"
    CORRECTIONS = "CORRECTIONS"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The alert a month calls for. `in_correction`: the proof of a correction is there, its answer is not."""

    kind: Kind
    reason: Reason
    in_correction: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """The state of one month. `next_change_at` is when time alone may change the alert.

    `counted` are the facts beside its deposits and their answers that gave the state, `ignored` those that did not
    count, each with why. `proof` is what put it right. `answer_overdue`: the caisse should have answered long ago,
    which its agents see and nobody else: a user can do nothing about it.
    """

    period: Period
    rule: str
    state: State
    label: str
    due_at: datetime
    alert: Wanted | None = None
    next_change_at: datetime | None = None
    live: tuple[Deposit, ...] = ()
    late: bool = False
    errors: int = 0
    declarant_mismatch: bool = False
    answer_overdue: bool = False
    proof: Proof | None = None
    counted: tuple[Fact, ...] = ()
    ignored: tuple[Ignored, ...] = ()

    @property
    def received_at(self) -> datetime | None:
        """When the month was (last) deposited; null when no file says it: a bare send does not, and the day it was
        imported is another matter."""
        return max((one.deposited_at for one in self.live if one.deposited_at), default=None)

    @property
    def type_label(self) -> str | None:
        """« Normale », « Néant »…, with the fraction when there are several."""
        if not self.live:
            return None
        last = max(self.live, key=lambda one: one.rank_in_time)
        fraction = f", fraction {last.fraction}/{last.fractions}" if last.fractions > 1 else ""
        return TYPE_LABELS[last.type] + fraction

    @property
    def individuals(self) -> int | None:
        """How many individuals were declared."""
        return sum(one.individuals for one in self.live) if self.live else None


def month(
    site: SiteLife,
    period: Period,
    deposits: Collection[Deposit],
    publications: Publications,
    as_of: datetime,
    patience: Patience,
    *,
    left: bool = False,
    beside: Beside = NOTHING_BESIDE,
) -> Month:
    """The state of `period` at `as_of`; `left`: an accepted declaration of an earlier month asked to leave the DSN."""
    due = site.due_at(period)
    if left or not site.expects(period):
        return Month(period, "R1", State.NOT_EXPECTED, "Non attendue", due)
    effective = effective_set(deposits, site.fund_code) if deposits else NOTHING
    grace_end = site.awaited_until(period, patience)
    fails = _failing(beside, effective, publications, site.fund_code)
    if fails.standing:
        found = _failed(period, effective, due)
    elif not effective.live:
        found = _undeclared(period, effective, as_of, due, grace_end)
    elif not effective.complete:
        found = _incomplete(period, effective, as_of, due, grace_end)
    else:
        case = Case(site.fund_code, deposits, publications, beside, as_of, patience)
        found = _declared(period, effective, case, due)
    if not (fails.standing or fails.over):
        return found
    return replace(found, counted=(*fails.standing, *found.counted), ignored=(*fails.over, *found.ignored))


def _failing(beside: Beside, effective: EffectiveSet, publications: Publications, fund_code: str) -> Failing:
    answered = (one.published_at for live in effective.live for one in published(live, publications))
    return failing(beside, [*effective.live, *effective.ended], answered, fund_code)


def _failed(period: Period, effective: EffectiveSet, due: datetime) -> Month:
    """Something could not be processed (R8): it is told at once, whatever the hour."""
    wanted = Wanted(Kind.MISSING, Reason.PROCESSING)
    live, mismatch = tuple(effective.live), effective.declarant_mismatch
    label = "Anomalie dans le traitement"
    return Month(period, "R8", State.FAILED, label, due, wanted, live=live, declarant_mismatch=mismatch)


def _undeclared(period: Period, effective: EffectiveSet, as_of: datetime, due: datetime, grace_end: datetime) -> Month:
    """Nothing alive, by the hour (R2, R3, R4); R6 and R9 say why nothing counts although something came."""
    other = "Annulée" if effective.cancelled else "Essai / non adressée à la caisse" if effective.not_addressed else ""
    refined = "R9" if effective.cancelled else "R6" if effective.not_addressed else ""
    change = grace_end + _JUST_AFTER
    if as_of > grace_end:
        reason = Reason.NOT_ADDRESSED if refined == "R6" else Reason.MISSING
        wanted = Wanted(Kind.MISSING, reason)
        return Month(period, refined or "R4", State.MISSING, other or "Déclaration manquante", due, wanted)
    if as_of > due:
        return Month(period, refined or "R3", State.AWAITED, other or "En attente de réception", due, None, change)
    return Month(period, refined or "R2", State.TO_COME, other or _before(due), due, None, change)


_CONTRADICTORY = "Fractions qui se contredisent"


@lru_cache(maxsize=4096)
def _before(due: datetime) -> str:
    return f"À déclarer avant le {short_day(due)}"


def _incomplete(period: Period, effective: EffectiveSet, as_of: datetime, due: datetime, grace_end: datetime) -> Month:
    """A fraction lacks, or the declarants do not agree on their number (R7)."""
    alive, total = effective.fractions
    label = f"{alive} fraction{'s' if alive > 1 else ''} sur {total}" if effective.consistent else _CONTRADICTORY
    live, mismatch = tuple(effective.live), effective.declarant_mismatch
    if as_of > grace_end:
        wanted = Wanted(Kind.MISSING, Reason.FRACTION)
        return Month(period, "R7", State.INCOMPLETE, label, due, wanted, live=live, declarant_mismatch=mismatch)
    change = grace_end + _JUST_AFTER
    return Month(period, "R7", State.AWAITED, label, due, None, change, live, declarant_mismatch=mismatch)


def _declared(period: Period, effective: EffectiveSet, case: Case, due: datetime) -> Month:
    """Everything came; the worst answer of the caisse decides (R10 to R16)."""
    slots = [slot for slot in effective.slots if slot.live]
    answers = [case.answer(one) for one in effective.live]
    codes = [one.code for one in answers if one.code is not None]
    done, change, overdue = NO_CORRECTION, None, False
    if len(codes) < len(answers):
        rule, state, label = "R10", State.PROCESSING, "Reçue, en cours de traitement"
        wanted, change, done = _pending(slots, answers, case)
        waiting = [one for one, own in zip(effective.live, answers, strict=True) if own.code is None]
        overdue = any(case.as_of > case.waits_until(one) for one in waiting)
    else:
        worst = max(codes, default=crm.ACCEPTED)
        rule, state, label, wanted = _CONCLUDED[worst]
        if effective.neant and state is State.ACCEPTED:
            rule, state, label = "R14", State.ACCEPTED_NEANT, "Néant"
        elif wanted:
            done = case.corrections(effective.live, worst)
            wanted, change = _corrected(wanted, done, case)
            if done.proof:
                rule, state, label = "R16", State.RECTIFIED, "Rectifiée"
    return Month(
        period,
        rule,
        state,
        label,
        due,
        wanted,
        change,
        tuple(effective.live),
        late=any(one.deposited_at > due for one in effective.live if one.deposited_at),
        errors=sum(one.errors for one in answers),
        declarant_mismatch=effective.declarant_mismatch,
        answer_overdue=overdue,
        proof=done.proof,
        counted=(done.proof.fact,) if done.proof else done.waiting,
        ignored=done.ignored,
    )


def _corrected(wanted: Wanted, done: Corrections, case: Case) -> tuple[Wanted | None, datetime | None]:
    """What is left of an alert once corrections came: nothing when one is proved; in correction while the caisse may
    still judge one of what had to be rectified."""
    if done.proof:
        return None, None
    until = max((case.waits_until(one) for one in done.waiting), default=None)
    if until is None or wanted.kind is not Kind.TO_RECTIFY or wanted.in_correction or case.as_of > until:
        return wanted, None
    return replace(wanted, in_correction=True), until + _JUST_AFTER


_CONCLUDED: dict[int, tuple[str, State, str, Wanted | None]] = {
    crm.REFUSED: ("R11", State.REFUSED, "Non prise en compte", Wanted(Kind.MISSING, Reason.PROCESSING)),
    crm.PARTIAL: (
        "R12",
        State.TO_RECTIFY,
        "Partiellement prise en compte",
        Wanted(Kind.TO_RECTIFY, Reason.PARTIAL),
    ),
    crm.CORRECTIONS: (
        "R13",
        State.TO_RECTIFY,
        "Prise en compte, à rectifier",
        Wanted(Kind.TO_RECTIFY, Reason.CORRECTIONS),
    ),
    crm.ACCEPTED: ("R15", State.ACCEPTED, "Acceptée", None),
}


def _pending(
    slots: list[Slot], answers: list[Answer], case: Case
) -> tuple[Wanted | None, datetime | None, Corrections]:
    """Nothing new is raised, but what had to be rectified stays so until the caisse has judged the correction (R10)."""
    for slot, own in zip(slots, answers, strict=True):
        if own.code is not None or slot.live is None:
            continue
        if own.last in _ASKS:
            done = case.corrections([slot.live], own.last)
            return *_corrected(_to_rectify(own.last), done, case), done
        former = _last_code(slot.before, case.publications)
        if former in _ASKS:
            done = case.corrections(slot.before, former)
            until = case.waits_until(slot.live)
            if done.proof or case.as_of > until:
                return *_corrected(_to_rectify(former), done, case), done
            return _to_rectify(former, in_correction=True), until + _JUST_AFTER, done
    return None, None, NO_CORRECTION


_ASKS = (crm.CORRECTIONS, crm.PARTIAL)


def _last_code(replaced: list[Deposit], publications: Publications) -> int | None:
    """What the caisse had concluded of the latest replaced deposit that it judged."""
    codes = (crm.answer(published(one, publications)).last for one in reversed(replaced))
    return next((code for code in codes if code is not None), None)


def _to_rectify(code: int, in_correction: bool = False) -> Wanted:
    reason = Reason.PARTIAL if code == crm.PARTIAL else Reason.CORRECTIONS
    return Wanted(Kind.TO_RECTIFY, reason, in_correction)
