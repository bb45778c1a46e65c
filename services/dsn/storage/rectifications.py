"""Corrections that the caisse validated without a deposit. Written once, never changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from contracts.words.facts import Origin
from services.dsn.domain.facts import Rectification
from services.dsn.domain.periods import Period
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import rectification

_NAMES = [one.name for one in fields(Rectification)]
_READ = [rectification.c[name] for name in _NAMES]


def write_rectifications(connection: Connection, new: Sequence[Rectification], now: datetime) -> None:
    """Write those that are not known; they wait until their establishment is (`waiting.py`)."""
    rows = {one.identity: {**_row(one), "waiting_at": now} for one in new}
    if rows:
        statement = insert(connection, rectification).on_conflict_do_nothing(index_elements=["identity"])
        connection.execute(statement, [rows[identity] for identity in sorted(rows)])


def rectifications_of(connection: Connection, sirets: Iterable[str]) -> dict[str, dict[Period, list[Rectification]]]:
    """The rectifications of each SIRET, by month."""
    found: dict[str, dict[Period, list[Rectification]]] = defaultdict(lambda: defaultdict(list))
    for some in chunks(set(sirets)):
        for row in connection.execute(sa.select(*_READ).where(rectification.c.siret.in_(some))):
            period = Period.parse(row.period)
            told = {**row._mapping, "period": period, "origin": Origin(row.origin)}
            found[row.siret][period].append(Rectification(**told))
    return found


def _row(one: Rectification) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _NAMES}
    return {**values, "period": str(one.period), "origin": str(one.origin)}
