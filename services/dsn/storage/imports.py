"""The journal of imports: what became of each declaration of each file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.dsn.domain.neodes.faults import Status
from services.dsn.storage.tables import import_batch, import_item


@dataclass(frozen=True)
class Item:
    """What became of one declaration or answer: its lines, its status, the controls that failed as (code, line)."""

    line_from: int
    line_to: int
    status: Status
    found: Sequence[tuple[str, int]]
    siret: str | None = None
    period: str | None = None


def begin(connection: Connection, import_id: UUID, *, client: str, format: str, now: datetime) -> None:
    """A file came."""
    values = {"import_id": import_id, "client": client[:100], "format": format, "started_at": now}
    connection.execute(sa.insert(import_batch).values(**values))


def add(connection: Connection, import_id: UUID, first: int, items: Sequence[Item]) -> None:
    """What became of the next items, numbered from `first`."""
    rows = [
        {
            "import_id": import_id,
            "number": number,
            "line_from": item.line_from,
            "line_to": item.line_to,
            "status": str(item.status),
            "found": [list(one) for one in item.found],
            "siret": item.siret,
            "period": item.period,
        }
        for number, item in enumerate(items, first)
    ]
    if rows:
        connection.execute(sa.insert(import_item), rows)


def finish(connection: Connection, import_id: UUID, now: datetime) -> None:
    """The file was read to its end."""
    ended = sa.update(import_batch).where(import_batch.c.import_id == import_id)
    connection.execute(ended.values(finished_at=now))
