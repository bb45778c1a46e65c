"""What was done with a delegation, for who administers its adhérent."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from services.delegation.queries.seeing import seen
from services.delegation.storage import journal


def delegation_journal(
    connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID, delegation_id: UUID
) -> dict[str, Any]:
    """Everything that was done with it: who, what, when, and what it was worth then (D18). Oldest first."""
    actor, target = seen(connection, clock, account_id, adherent_id, delegation_id)
    return {"items": journal.entries(connection, actor, target.id)}
