"""Why a month of a site stands where it stands, and what to do: the time-line, the rule, the facts (G65)."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from services.dsn.domain.site import Patience
from services.dsn.queries.explained import explained, read_period
from services.dsn.queries.rights import TO_JUDGE, seen
from services.dsn.queries.site_alerts import Asked


def month_explained(
    connection: Connection, *, account_id: UUID, site_id: UUID, period: str, clock: Clock, patience: Patience
) -> dict[str, Any]:
    """The month « AAAA-MM » of a site whose DSN the account may see. NotFound for another's site, and for a month that
    was never expected of it and of which nothing is known."""
    row, _ = seen(connection, account_id, site_id, clock, TO_JUDGE)
    return explained(connection, row, read_period(period), Asked(clock.now(), patience, account_id))
