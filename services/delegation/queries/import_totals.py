"""How far an import is."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from services.delegation.storage import imports


def import_totals(connection: Connection, *, client_id: str, import_id: UUID) -> dict[str, Any]:
    """How far an import of that client is."""
    row = imports.find(connection, import_id, client_id)
    names = ("name", "format", "started_at", "last_at", *imports.TOTALS)
    return {"import_id": import_id, **{name: row[name] for name in names}}
