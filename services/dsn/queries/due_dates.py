"""The due dates that caisses moved, those given back to the calendar included."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.dsn.storage.tables import calendar_override


def due_dates(
    connection: Connection, *, caisse: str | None, page: int, page_size: int
) -> tuple[list[dict[str, Any]], int]:
    """A page of them, the newest month first, and how many there are."""
    table = calendar_override
    query = sa.select(table.c.period.label("periode"), *(table.c[name] for name in _COLUMNS))
    if caisse is not None:
        query = query.where(table.c.caisse == caisse)
    ordered = query.order_by(table.c.period.desc(), table.c.caisse, table.c.due_day)
    rows = connection.execute(ordered.limit(page_size).offset((page - 1) * page_size))
    total = connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar()
    return [dict(row._mapping) for row in rows], int(total or 0)


_COLUMNS = ("caisse", "due_day", "due_at", "label", "said_at")
