"""What was done with a delegation, for who administers its adhérent."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock
from services.delegation.queries.seeing import seen
from services.delegation.queries.telling import BEFORE, told
from services.delegation.storage.tables import journal


def delegation_journal(
    connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID, delegation_id: UUID
) -> dict[str, Any]:
    """Everything that was done with it: who, on whose behalf, what, when, what it was worth before and after (D18).
    Oldest first."""
    actor, target = seen(connection, clock, account_id, adherent_id, delegation_id)
    query = sa.select(journal, BEFORE).where(journal.c.delegation_id == target.id).order_by(journal.c.sequence)
    return {"items": told(connection, actor, connection.execute(query).mappings().all())}
