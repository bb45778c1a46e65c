"""The Suivi DSN of a site (G65): its months, judged at the instant of the question."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from contracts.rules.folding import fold
from services.dsn.domain.alert import statuses
from services.dsn.domain.alerts import AlertStatus
from services.dsn.domain.evaluation import current_period, evaluate
from services.dsn.domain.month import Month
from services.dsn.domain.periods import Period
from services.dsn.domain.site import Patience
from services.dsn.queries.ahead import ahead
from services.dsn.queries.month_line import month_line
from services.dsn.queries.rights import TO_JUDGE, seen
from services.dsn.queries.site_alerts import NOT_ASKED, Asked, told
from services.dsn.storage import sites
from services.dsn.storage.alerts import living_of
from services.dsn.storage.facts import facts_at

MONTHS_SHOWN = 13
_Key = Callable[[Month], Any]
_SORTED: dict[str, _Key] = {
    "periode": lambda month: month.period,
    "statut": lambda month: fold(month.label),
    "date_limite": lambda month: month.due_at,
    "recue": lambda month: month.received_at,
    "type": lambda month: month.type_label,
    "effectif": lambda month: month.individuals,
    "anomalies": lambda month: month.errors,
}
SORTS = tuple(_SORTED)


def suivi(
    connection: Connection,
    *,
    account_id: UUID,
    site_id: UUID,
    year: int | None,
    todo: bool,
    sort: str,
    clock: Clock,
    patience: Patience,
    alerts: bool = False,
) -> dict[str, Any]:
    """The last thirteen months, or those of `year`: within the site's life, or with something received.

    A month that has an alert is there whatever was asked; with `todo`, those that wait for the user are, and no other
    one. `sort` is one of SORTS, « - » before it turns it round; what a month does not have comes last either way.
    With `alerts`, those that wait are there too, as `site_alerts` tells them to the home page.
    """
    row, grant = seen(connection, account_id, site_id, clock, TO_JUDGE)
    now = clock.now()
    life, facts = sites.life_at(connection, row, patience), facts_at(connection, row)
    living = living_of(connection, site_id, account_id)
    status = statuses(one for one, _ in living)
    found = evaluate(life, facts, now, patience, status)
    current = current_period(now)
    alive = {one.period for one in found.months.values() if one.alert} | status.keys()
    waiting = {one for one in alive if _waits(found.months[one], status.get(one))}
    first, last = (Period(year, 1), Period(year, 12)) if year else (current.plus(1 - MONTHS_SHOWN), current)
    inside = {
        period
        for period in found.months
        if first <= period <= min(last, current) and (life.covers(period) or period in facts.periods)
    }
    shown = [found.months[period] for period in sorted(waiting if todo else alive | inside, reverse=True)]
    return {
        "items": [month_line(month, status.get(month.period)) for month in _ordered(shown, sort)],
        "years": sorted({period.year for period in found.months if period <= current}, reverse=True),
        "to_do": len(waiting),
        "alerts": {**told(living, grant, Asked(now, patience, account_id), "home"), **NOT_ASKED} if alerts else None,
        **ahead(life, clock),
    }


def _waits(month: Month, status: AlertStatus | None) -> bool:
    """Whether it waits for the user: what its alert says, and what it will say at the next look of the clock."""
    return status is AlertStatus.OPEN or (month.alert is not None and not month.alert.in_correction)


def _ordered(newest_first: Sequence[Month], sort: str) -> list[Month]:
    key, descending = _SORTED[sort.removeprefix("-")], sort.startswith("-")
    there = [month for month in newest_first if key(month) is not None]
    return sorted(there, key=key, reverse=descending) + [month for month in newest_first if key(month) is None]
