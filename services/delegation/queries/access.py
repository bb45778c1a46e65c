"""Every access one account was ever given, as the events that announce them say it: for who decides without us."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.delegation.storage.tables import delegations

_SAID = tuple(
    delegations.c[name]
    for name in ("sequence", "adherent_id", "starts_on", "ends_on", "administrator", "colleges", "rights")
)
_OPEN = delegations.c.closed_at.is_(None).label("open")


def accesses(connection: Connection, *, account_id: UUID) -> dict[str, Any]:
    """The account's delegations that were confirmed, the closed ones too: who asks may still hold them open.

    Plain rows: an accounting firm may have thousands, and it asks when everybody does.
    """
    confirmed = (delegations.c.account_id == account_id, delegations.c.confirmed_at.is_not(None))
    query = sa.select(delegations.c.id.label("delegation_id"), *_SAID, _OPEN).where(*confirmed)
    return {"items": [dict(row) for row in connection.execute(query).mappings()]}
