"""The attestation of one's own delegation as it is."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from services.delegation.queries.attested import attested
from services.delegation.queries.own import own


def own_attestation(connection: Connection, *, account_id: UUID, delegation_id: UUID) -> dict[str, Any]:
    """All that it says. NotFound when none was issued since the delegation last changed, or for another one's."""
    return attested(connection, own(connection, account_id, delegation_id))
