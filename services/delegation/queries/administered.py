"""Where a delegation known by its id alone belongs."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.errors import AccessRefused, NotFound
from services.delegation.queries.seeing import seen
from services.delegation.storage.tables import delegations


def administered(connection: Connection, *, clock: Clock, account_id: UUID, delegation_id: UUID) -> dict[str, Any]:
    """Where a delegation known by its id alone belongs (the link of a mail). NotFound unless I administer it."""
    adherent_id = connection.scalar(sa.select(delegations.c.adherent_id).where(delegations.c.id == delegation_id))
    if adherent_id is None:
        raise NotFound
    try:
        seen(connection, clock, account_id, adherent_id, delegation_id)
    except AccessRefused:
        raise NotFound from None
    return {"delegation_id": delegation_id, "adherent_id": adherent_id}
