"""The attestation of a delegation as it is, for who administers it."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from services.delegation.queries.attested import attested
from services.delegation.queries.seeing import seen


def attestation(
    connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID, delegation_id: UUID
) -> dict[str, Any]:
    """All that it says. NotFound when none was issued since the delegation last changed, or when it is not seen."""
    _, target = seen(connection, clock, account_id, adherent_id, delegation_id)
    return attested(connection, target)
