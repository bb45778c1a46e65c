"""The imports of the referential and their totals."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from backbone.errors import NotFound
from services.delegation.storage.import_tables import imports

TOTALS = ("created", "updated", "unchanged", "rejected")


def begin(connection: Connection, row: Mapping[str, Any]) -> None:
    """Note an import that starts."""
    connection.execute(sa.insert(imports).values(**row))


def find(connection: Connection, import_id: UUID, client_id: str) -> RowMapping:
    """An import of that client, or NotFound."""
    query = sa.select(imports).where(imports.c.id == import_id, imports.c.client_id == client_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound
    return row


def count(connection: Connection, import_id: UUID, totals: Mapping[str, int], at: datetime) -> None:
    """Add a chunk's totals."""
    raised = {name: imports.c[name] + totals[name] for name in TOTALS}
    connection.execute(sa.update(imports).where(imports.c.id == import_id).values(**raised, last_at=at))
