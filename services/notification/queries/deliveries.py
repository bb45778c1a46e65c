"""What operators can ask."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.notification.storage.tables import delivery

SHOWN = (
    delivery.c.delivery_id,
    delivery.c.event_id,
    delivery.c.template,
    delivery.c.medium,
    delivery.c.recipient,
    delivery.c.status,
    delivery.c.attempts,
    delivery.c.reason,
    delivery.c.ordered_at,
    delivery.c.next_attempt_at,
    delivery.c.finished_at,
)


def deliveries(connection: Connection, *, status: str | None, page: int, page_size: int) -> dict[str, Any]:
    """One page of deliveries, the newest first: what left, what waits and why. Never what a message says."""
    wanted = sa.true() if status is None else delivery.c.status == status
    total = connection.execute(sa.select(sa.func.count()).select_from(delivery).where(wanted)).scalar_one()
    newest = sa.select(*SHOWN).where(wanted).order_by(delivery.c.ordered_at.desc(), delivery.c.delivery_id.desc())
    rows = connection.execute(newest.limit(page_size).offset((page - 1) * page_size))
    return {"items": [dict(row._mapping) for row in rows], "total": total, "page": page, "page_size": page_size}
