"""Declarations whose establishment the referential does not know: kept, and judged as soon as it does."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.dsn.storage.tables import declaration

_COLUMNS = ("identity", "siret", "type", "individuals", "received_at", "quarantined_at", "import_id", "warnings")


def quarantine(
    connection: Connection, *, siret: str | None, page: int, page_size: int
) -> tuple[list[dict[str, Any]], int]:
    """A page of them, the one that has waited longest first, and how many there are; of one `siret` when it is said."""
    table = declaration
    waiting = table.c.quarantined_at.is_not(None)
    mine = sa.and_(waiting, table.c.siret == siret) if siret else waiting
    columns = (*(table.c[name] for name in _COLUMNS), table.c.period.label("periode"))
    ordered = sa.select(*columns).where(mine).order_by(table.c.quarantined_at, table.c.identity)
    rows = connection.execute(ordered.limit(page_size).offset((page - 1) * page_size))
    total = connection.execute(sa.select(sa.func.count()).select_from(table).where(mine)).scalar()
    return [dict(row._mapping) for row in rows], int(total or 0)
