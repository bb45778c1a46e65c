"""Why a month of a site stands where it stands, and what to do: the time-line, the rule, the facts (G65)."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from services.dsn.domain.site import Patience
from services.dsn.queries.explained import Asked, explained, read_period
from services.dsn.queries.site_alerts import site_for


def month_explained(
    connection: Connection, *, account_id: UUID, site_id: UUID, period: str, clock: Clock, patience: Patience
) -> dict[str, Any]:
    """The month « AAAA-MM » of a site whose DSN the account may see. NotFound for another's site, and for a month that
    was never expected of it and of which nothing is known."""
    row = site_for(connection, account_id, site_id, clock)
    return explained(connection, row, read_period(period), Asked(clock.now(), patience, account_id))
