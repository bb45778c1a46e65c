"""The alerts, as dsn says them: how each stands, and when it was news."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.messaging.projections import Projection
from contracts.events.dsn import ALERT_STATED
from contracts.words.alerts import ALIVE
from services.notification.storage.tables import alert, alert_news, told

ALERTS = Projection("dsn", "alerts", alert, "alert_id", stated=ALERT_STATED.type)
NEWS = Projection("dsn", "news", alert_news, "alert_id")


def purge(connection: Connection, before: datetime) -> int:
    """Forget the alerts that were over `before`, with what was news and told of those that are no more; how many."""
    over = sa.and_(alert.c.status.not_in(ALIVE), alert.c.said_at < before)
    gone = connection.execute(sa.delete(alert).where(over)).rowcount
    for table in (alert_news, told):
        is_there = sa.exists().where(alert.c.alert_id == table.c.alert_id)
        connection.execute(sa.delete(table).where(~is_there))
    return gone
