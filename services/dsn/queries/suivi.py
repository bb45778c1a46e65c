"""The Suivi DSN of a site (G65): its months, newest first, judged at the instant of the question."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from services.dsn.domain.calendar import contribution_due_on
from services.dsn.domain.evaluation import current_period, evaluate
from services.dsn.domain.messages import ACTION
from services.dsn.domain.month import Month
from services.dsn.domain.periods import Period
from services.dsn.domain.site import Patience, SiteLife
from services.dsn.queries.site_alerts import site_for
from services.dsn.storage import sites
from services.dsn.storage.facts import facts_of

MONTHS_SHOWN = 13


def suivi(
    connection: Connection,
    *,
    account_id: UUID,
    site_id: UUID,
    year: int | None,
    clock: Clock,
    patience: Patience,
) -> dict[str, Any]:
    """The last thirteen months, or those of `year`: within the site's life, or with something received."""
    row = site_for(connection, account_id, site_id, clock)
    now = clock.now()
    life = sites.lives_of(connection, [row], patience)[row.site_id]
    facts = facts_of(connection, [row.siret])[row.siret]
    found = evaluate(life, facts, now, patience)
    current = current_period(now)
    first, last = (Period(year, 1), Period(year, 12)) if year else (current.plus(1 - MONTHS_SHOWN), current)
    shown = [
        month
        for period, month in found.months.items()
        if first <= period <= min(last, current) and (life.covers(period) or period in facts.periods)
    ]
    years = sorted({period.year for period in found.months if period <= current}, reverse=True)
    return {"items": [_item(month, life) for month in reversed(shown)], "years": years}


def _item(month: Month, life: SiteLife) -> dict[str, Any]:
    wanted = month.alert is not None and not month.alert.in_correction
    return {
        "periode": str(month.period),
        "label": f"DSN {month.period.name} {month.period.year}",
        "state": month.state,
        "state_label": month.label,
        "due_at": life.due_at(month.period),
        "contribution_due_on": contribution_due_on(month.period),
        "received_at": month.received_at,
        "late": month.late,
        "type": month.type_label,
        "effectif": month.individuals,
        "anomalies": month.errors,
        "alert": month.alert.kind.label if month.alert else None,
        "action": ACTION if wanted else None,
    }
