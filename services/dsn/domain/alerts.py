"""Alerts are the difference between what the months call for and what is stored; each change says why.

One alert per site, month and kind for ever: wanted again, the same one reopens and keeps its proof.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from contracts.words.alerts import ALIVE, AlertStatus
from contracts.words.alerts import AlertChange as Change
from contracts.words.statuses import MonthState as State
from services.dsn.domain.messages import Kind
from services.dsn.domain.month import Month, Wanted
from services.dsn.domain.periods import Period
from services.dsn.domain.retention import FORGOTTEN

__all__ = ["ALIVE", "AlertStatus", "Cell", "Change", "StoredAlert", "Transition", "open_count", "transitions"]
Cell = tuple[Period, Kind]


@dataclass(frozen=True, slots=True)
class StoredAlert:
    """An alert as it is known."""

    status: AlertStatus
    reason: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of one alert: what it becomes, why, and the rule that says so. `proof` is the identity of the fact
    that put it right, when it is not a deposit of that month."""

    cell: Cell
    change: Change
    status: AlertStatus
    reason: str
    rule: str
    resolution: str | None = None
    proof: str | None = None


def transitions(months: Mapping[Period, Month], stored: Mapping[Cell, StoredAlert]) -> list[Transition]:
    """What has to change in `stored` for it to be what `months` call for. `months` covers every period of `stored`."""
    wanted = {(one.period, one.alert.kind): one.alert for one in months.values() if one.alert}
    raised = [_raise(cell, alert, months[cell[0]], stored.get(cell)) for cell, alert in sorted(wanted.items())]
    ended = [_end(cell, alert, months[cell[0]]) for cell, alert in _gone(wanted, stored)]
    return [one for one in raised if one] + ended


def open_count(stored: Iterable[AlertStatus]) -> int:
    """How many alerts wait for the user."""
    return sum(status is AlertStatus.OPEN for status in stored)


def _raise(cell: Cell, wanted: Wanted, found: Month, known: StoredAlert | None) -> Transition | None:
    status = AlertStatus.IN_CORRECTION if wanted.in_correction else AlertStatus.OPEN
    if known is None:
        change = Change.RAISED
    elif known.status not in ALIVE:
        change = Change.REOPENED
    elif known.status is not status:
        change = Change.CORRECTION_STARTED if wanted.in_correction else Change.REOPENED
    elif known.reason != wanted.reason:
        change = Change.REASON_CHANGED
    else:
        return None
    return Transition(cell, change, status, wanted.reason, found.rule)


def _gone(wanted: Mapping[Cell, Wanted], stored: Mapping[Cell, StoredAlert]) -> Iterator[tuple[Cell, StoredAlert]]:
    return ((cell, one) for cell, one in sorted(stored.items()) if one.status in ALIVE and cell not in wanted)


def _end(cell: Cell, known: StoredAlert, found: Month) -> Transition:
    if found.rule == FORGOTTEN:
        change, status, why = Change.CANCELLED, AlertStatus.CANCELLED, "RETENTION"
    elif found.state is State.NOT_EXPECTED:
        change, status, why = Change.CANCELLED, AlertStatus.CANCELLED, "SITE_CLOSED"
    elif found.state in (State.TO_COME, State.AWAITED):
        change, status, why = Change.CANCELLED, AlertStatus.CANCELLED, "CALENDAR"
    else:
        change, status, why = Change.RESOLVED, AlertStatus.RESOLVED, _resolution(cell[1], found)
    proof = found.proof.fact.identity if found.proof and status is AlertStatus.RESOLVED else None
    return Transition(cell, change, status, known.reason, found.rule, why, proof)


def _resolution(kind: Kind, found: Month) -> str:
    if found.proof:
        return found.proof.resolution
    if found.state is State.ACCEPTED:
        return "LATE_ACCEPTED" if found.late else "ACCEPTED"
    if found.state is State.ACCEPTED_NEANT:
        return "NEANT"
    return "RECEIVED" if kind is Kind.MISSING else "REPLACED"
