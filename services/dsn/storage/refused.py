"""Refused pieces of files that name an establishment and a month. Written once, never changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from services.dsn.domain.facts import RefusedPiece
from services.dsn.domain.periods import Period
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import refused_piece

_NAMES = [one.name for one in fields(RefusedPiece)]
_READ = [refused_piece.c[name] for name in _NAMES]


def write_refused(
    connection: Connection, new: Sequence[RefusedPiece], import_id: UUID, known: Collection[str], now: datetime
) -> set[str]:
    """Write those that are not known; their identities. One whose establishment is none of `known` waits for it."""
    rows = {one.identity: {**_row(one, import_id), "waiting_at": None if one.siret in known else now} for one in new}
    if not rows:
        return set()
    statement = insert(connection, refused_piece).on_conflict_do_nothing(index_elements=["identity"])
    values = [rows[identity] for identity in sorted(rows)]
    return set(connection.execute(statement.returning(refused_piece.c.identity), values).scalars())


def refused_of(connection: Connection, sirets: Iterable[str]) -> dict[str, dict[Period, list[RefusedPiece]]]:
    """The refused pieces of each SIRET, by month."""
    found: dict[str, dict[Period, list[RefusedPiece]]] = defaultdict(lambda: defaultdict(list))
    for some in chunks(set(sirets)):
        for row in connection.execute(sa.select(*_READ).where(refused_piece.c.siret.in_(some))):
            period = Period.parse(row.period)
            piece = RefusedPiece(**{**row._mapping, "period": period, "named": tuple(row.named)})
            found[row.siret][period].append(piece)
    return found


def _row(one: RefusedPiece, import_id: UUID) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _NAMES}
    return {**values, "period": str(one.period), "named": list(one.named), "import_id": import_id}
