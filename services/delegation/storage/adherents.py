"""Reading adhérents and their sites."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.errors import NotFound
from services.delegation.storage.tables import adherents

REFERENCE = ("caisse", "identifiant", "raison_sociale", "siren")


def references(connection: Connection, adherent_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """What events say of each of these adhérents."""
    columns = [adherents.c.id.label("adherent_id"), *(adherents.c[name] for name in REFERENCE)]
    rows = connection.execute(sa.select(*columns).where(adherents.c.id.in_(list(adherent_ids)))).mappings()
    return {row["adherent_id"]: dict(row) for row in rows}


def reference(connection: Connection, adherent_id: UUID) -> dict[str, Any]:
    """The same for one; NotFound if there is none."""
    found = references(connection, [adherent_id])
    if not found:
        raise NotFound
    return found[adherent_id]
