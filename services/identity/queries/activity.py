"""« Activité du compte »: what was done with one's own account, and what was refused."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from services.identity.domain.activity import KEPT
from services.identity.storage.activity import of_account


def activity(
    connection: Connection, *, account_id: UUID, before: UUID | None, page_size: int, clock: Clock
) -> dict[str, Any]:
    """{items, next}: the acts of the last twelve months, the newest first, those older than `before` when it is given;
    `next` is the `before` of the acts that follow, None when there are none."""
    found = of_account(connection, account_id, clock.now() - KEPT, before, page_size + 1)
    items = found[:page_size]
    return {"items": items, "next": items[-1]["activity_id"] if len(found) > page_size else None}
