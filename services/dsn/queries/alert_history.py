"""One alert and all that happened to it: when, by whom, by which rule, on which proof (docs/dsn.md, Alerts)."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.errors import NotFound
from services.dsn.domain.site import Patience
from services.dsn.queries.rights import seen
from services.dsn.queries.site_alerts import alert_item
from services.dsn.storage import alerts
from services.dsn.storage.tables import alert_event

_TOLD = ("at", "change", "status", "reason", "rule", "resolution", "actor", "cause", "proof")


def alert_history(
    connection: Connection, *, account_id: UUID, alert_id: UUID, clock: Clock, patience: Patience
) -> dict[str, Any]:
    """The alert with its history, oldest first. NotFound, AccessRefused as for its site (AA22, AA25)."""
    found = alerts.by_id(connection, alert_id)
    if found is None:
        raise NotFound
    seen(connection, account_id, found.site_id, clock)
    mine = sa.select(*(alert_event.c[name] for name in _TOLD)).where(alert_event.c.alert_id == alert_id)
    rows = connection.execute(mine.order_by(alert_event.c.at, alert_event.c.event_id))
    return {
        **alert_item(found, account_id, clock.now(), patience),
        "site_id": found.site_id,
        "reason": found.reason,
        "rule": found.rule,
        "reopened_count": found.reopened_count,
        "ended_at": found.ended_at,
        "resolution": found.resolution,
        "history": [dict(row._mapping) for row in rows],
    }
