"""What became of an imported file."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.errors import NotFound
from services.dsn.domain.neodes.faults import CONTROLS, STOPPED, Status
from services.dsn.storage.tables import import_batch, import_item


def import_report(connection: Connection, *, import_id: UUID, page: int, page_size: int) -> dict[str, Any]:
    """Totals by status and a page of the declarations, in the order of the file. NotFound for an unknown import."""
    head = connection.execute(sa.select(import_batch).where(import_batch.c.import_id == import_id)).first()
    if head is None:
        raise NotFound
    mine = import_item.c.import_id == import_id
    counted = sa.select(import_item.c.status, sa.func.count()).where(mine).group_by(import_item.c.status)
    counts = {row[0]: row[1] for row in connection.execute(counted)}
    query = sa.select(import_item).where(mine).order_by(import_item.c.number)
    last = connection.execute(sa.select(import_item.c.found).where(mine).order_by(import_item.c.number.desc()).limit(1))
    rows = connection.execute(query.limit(page_size).offset((page - 1) * page_size))
    return {
        "import_id": import_id,
        "format": head.format,
        "started_at": head.started_at,
        "finished_at": head.finished_at,
        "stopped": any(found and found[0][0] == STOPPED for (found,) in last),
        "totals": {status: counts.get(status, 0) for status in Status},
        "declarations": [_declaration(row) for row in rows],
    }


def _declaration(row: Any) -> dict[str, Any]:
    code, line = row.found[0] if row.found else (None, row.line_from)
    return {
        "line": line,
        "status": row.status,
        "code": code,
        "detail": CONTROLS[code].detail if code else None,
        "also": [other for other, _ in row.found[1:]],
        "siret": row.siret,
        "periode": row.period,
    }
