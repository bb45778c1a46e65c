"""Declarations. Written once, never changed; the same one again has no effect."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert, one_of, one_of_value
from services.dsn.domain.deposit import Correction, Deposit
from services.dsn.domain.periods import Period
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import declaration

_RENAMED = {"order": "order_no"}
_COLUMNS = {one.name: _RENAMED.get(one.name, one.name) for one in fields(Deposit)}
_READ = [declaration.c[column].label(name) for name, column in _COLUMNS.items()]

_WAITING = ("identity", "flow_id", "flow_rank", "declarant", "received_at", "quarantined_at", "import_id")


@dataclass(frozen=True)
class NewDeposit:
    """A deposit to write, with what its import says of it."""

    deposit: Deposit
    warnings: Sequence[str]
    quarantined: bool


def write_deposits(connection: Connection, new: Sequence[NewDeposit], import_id: UUID, now: datetime) -> set[str]:
    """Write those that are not known; their identities."""
    rows = [_row(one, import_id, now) for one in sorted(new, key=lambda one: one.deposit.identity)]
    if not rows:
        return set()
    statement = insert(connection, declaration).on_conflict_do_nothing(index_elements=["identity"])
    return set(connection.execute(statement.returning(declaration.c.identity), rows).scalars())


def digests(connection: Connection, identities: Iterable[str]) -> dict[str, str]:
    """What the content of already known declarations was."""
    columns = (declaration.c.identity, declaration.c.digest)
    found: dict[str, str] = {}
    for some in chunks(identities):
        rows = connection.execute(sa.select(*columns).where(declaration.c.identity.in_(some)))
        found.update({row.identity: row.digest for row in rows})
    return found


def deposits_of(connection: Connection, sirets: Iterable[str]) -> dict[str, dict[Period, list[Deposit]]]:
    """The declarations of each SIRET, by month."""
    found: dict[str, dict[Period, list[Deposit]]] = defaultdict(lambda: defaultdict(list))
    for some in chunks(set(sirets)):
        known = {"sirets": one_of_value(connection, declaration.c.siret, some)}
        for row in connection.execute(_of_sirets(connection.dialect.name), known):
            deposit = _deposit(row)
            found[deposit.siret][deposit.period].append(deposit)
    return found


@cache
def _of_sirets(dialect: str) -> sa.Select[Any]:
    return sa.select(*_READ).where(one_of(dialect, declaration.c.siret, "sirets"))


def warnings_of(connection: Connection, identities: Iterable[str]) -> dict[str, list[str]]:
    """The codes of the controls that each of these declarations failed, when it was kept all the same."""
    columns = (declaration.c.identity, declaration.c.warnings)
    found: dict[str, list[str]] = {}
    for some in chunks(identities):
        for row in connection.execute(sa.select(*columns).where(declaration.c.identity.in_(some))):
            found[row.identity] = list(row.warnings)
    return found


def quarantined(connection: Connection, siret: str, period: Period) -> list[dict[str, Any]]:
    """The declarations of a month that wait for the referential to name their establishment."""
    waiting = (declaration.c.siret == siret, declaration.c.period == str(period))
    query = sa.select(*(declaration.c[name] for name in _WAITING)).where(
        *waiting, declaration.c.quarantined_at.is_not(None)
    )
    return [dict(row._mapping) for row in connection.execute(query.order_by(declaration.c.identity))]


def _row(new: NewDeposit, import_id: UUID, now: datetime) -> dict[str, Any]:
    values = {column: getattr(new.deposit, name) for name, column in _COLUMNS.items()}
    return {
        **values,
        "period": str(new.deposit.period),
        "fund_codes": dict(new.deposit.fund_codes),
        "absences": list(new.deposit.absences),
        "corrections": [[str(month) if month else None, quote] for month, quote in new.deposit.corrections] or None,
        "received_at": now,
        "import_id": import_id,
        "warnings": list(new.warnings),
        "quarantined_at": now if new.quarantined else None,
    }


def _deposit(row: Any) -> Deposit:
    told = {"period": Period.parse(row.period), "absences": tuple(row.absences), "corrections": _corrections(row)}
    return Deposit(**{**row._mapping, **told})


def _corrections(row: Any) -> tuple[Correction, ...]:
    said = row.corrections or ()
    return tuple(Correction(Period.parse(month) if month else None, quote) for month, quote in said)
