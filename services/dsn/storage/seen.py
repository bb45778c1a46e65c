"""Who was shown which alert, and when last."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import upsert
from services.dsn.storage.tables import alert, alert_seen


def mark(connection: Connection, alert_ids: Sequence[UUID], account_id: UUID, now: datetime) -> None:
    """`account_id` saw them now."""
    rows = [{"alert_id": one, "account_id": account_id, "seen_at": now} for one in alert_ids]
    upsert(connection, alert_seen, rows, key=("alert_id", "account_id"))


def news_for(account_id: UUID | sa.BindParameter[Any]) -> sa.ColumnElement[bool]:
    """Whether an alert is news to a person: it opened since he was last shown it."""
    opened = sa.func.coalesce(alert.c.opened_at, alert.c.raised_at)
    mine = sa.and_(alert_seen.c.alert_id == alert.c.alert_id, alert_seen.c.account_id == account_id)
    return ~sa.exists().where(mine, alert_seen.c.seen_at >= opened)
