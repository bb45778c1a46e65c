"""What the caisse could not process. Written once, never changed; the same one again has no effect."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from services.dsn.domain.facts import Failure
from services.dsn.domain.periods import Period
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import declaration, failure

_NAMES = [one.name for one in fields(Failure)]
_READ = [failure.c[name] for name in _NAMES]


def write_failures(connection: Connection, new: Sequence[Failure], now: datetime) -> None:
    """Write those that are not known; they wait until what they are about is (`waiting.py`). One that names only a flow
    counts for the month of the declaration of that flow."""
    rows = {one.identity: {**_row(one), "waiting_at": now} for one in new}
    if rows:
        statement = insert(connection, failure).on_conflict_do_nothing(index_elements=["identity"])
        connection.execute(statement, [rows[identity] for identity in sorted(rows)])


def failures_of(connection: Connection, sirets: Iterable[str]) -> dict[str, dict[Period, list[Failure]]]:
    """The failures of each SIRET, by month: those that name it, and those of the flows of its declarations."""
    found: dict[str, dict[Period, list[Failure]]] = defaultdict(lambda: defaultdict(list))
    for some in chunks(set(sirets)):
        named = sa.select(*_READ, failure.c.siret.label("for_siret"), failure.c.period.label("for_period")).where(
            failure.c.siret.in_(some), failure.c.period.is_not(None)
        )
        for row in (*connection.execute(named), *connection.execute(_by_flow(some))):
            found[row[-2]][Period.parse(row[-1])].append(_failure(row))
    return found


def _by_flow(sirets: Sequence[str]) -> sa.Select[Any]:
    """The failures that name a flow and no month, with the month of the declaration of that flow."""
    query = sa.select(*_READ, declaration.c.siret.label("for_siret"), declaration.c.period.label("for_period"))
    return query.where(*of_a_flow(), declaration.c.siret.in_(sirets))


def of_a_flow() -> Sequence[sa.ColumnElement[bool]]:
    """The failures that name a flow and no month, beside the declarations of that flow."""
    same = sa.or_(failure.c.flow_rank.is_(None), declaration.c.flow_rank == failure.c.flow_rank)
    return silent(failure), declaration.c.flow_id == failure.c.flow_id, same


def silent(table: sa.Table) -> sa.ColumnElement[bool]:
    """The failures that name no establishment or no month: their flow tells."""
    return sa.or_(table.c.siret.is_(None), table.c.period.is_(None))


def _row(one: Failure) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _NAMES}
    return {**values, "period": str(one.period) if one.period else None}


def _failure(row: Any) -> Failure:
    told = {name: row._mapping[name] for name in _NAMES}
    return Failure(**{**told, "period": Period.parse(row.period) if row.period else None})
