"""What is due next for a site: the DSN, and the contributions of a month."""

from datetime import date
from typing import Any

from backbone.clock import Clock, paris_day
from services.dsn.domain.advice import next_due
from services.dsn.domain.calendar import contribution_due_on
from services.dsn.domain.evaluation import current_period
from services.dsn.domain.periods import Period
from services.dsn.domain.site import SiteLife


def ahead(life: SiteLife, clock: Clock) -> dict[str, Any]:
    """The next declaration with its instant, the next contributions with their day; None where nothing is due."""
    now = clock.now()
    current, today = current_period(now), paris_day(now)
    period = next_due(life, now, current)
    paid = next((one for one in (current.plus(back) for back in (-2, -1, 0)) if _owes(life, one, today)), None)
    return {
        "next_dsn": {"label": period.label, "due_at": life.due_at(period)} if period else None,
        "next_contribution": {"label": paid.label, "due_on": contribution_due_on(paid)} if paid else None,
    }


def _owes(life: SiteLife, period: Period, today: date) -> bool:
    return life.expects(period) and contribution_due_on(period) >= today
