"""The bell of one site: its messages as the place wants them (G63 site list, G64 home page)."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.errors import NotFound
from services.dsn.domain.messages import Kind, home_message, site_message
from services.dsn.domain.periods import Period
from services.dsn.queries.rights import require_dsn
from services.dsn.storage.tables import alert, site


def site_for(connection: Connection, account_id: UUID, site_id: UUID, clock: Clock) -> Any:
    """The site's row, for who may see its DSN. NotFound for an unknown site and for somebody else's (AA22, AA23)."""
    row = connection.execute(sa.select(site).where(site.c.site_id == site_id, site.c.withdrawn.is_(False))).first()
    if row is None:
        raise NotFound
    require_dsn(connection, account_id, row.adherent_id, paris_day(clock.now()))
    return row


def site_alerts(connection: Connection, *, account_id: UUID, site_id: UUID, view: str, clock: Clock) -> dict[str, Any]:
    """How many alerts wait for the user, and their messages: view « sites » newest first, « home » oldest first."""
    site_for(connection, account_id, site_id, clock)
    opened = sa.select(alert.c.period, alert.c.kind).where(alert.c.site_id == site_id, alert.c.status == "OPEN")
    rows = connection.execute(opened.order_by(alert.c.period, alert.c.kind)).all()
    alerts = [(Period.parse(row.period), Kind(row.kind)) for row in rows]
    if view == "home":
        return {"count": len(alerts), "messages": [home_message(period, kind) for period, kind in alerts]}
    newest = sorted(alerts, key=lambda one: one[0], reverse=True)
    return {"count": len(alerts), "messages": [site_message(period, kind) for period, kind in newest]}
