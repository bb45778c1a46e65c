"""Answers of the caisses to declarations. Written once, never changed; the same one again has no effect."""

import hashlib
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
from contracts.words.facts import CrmStatus, Severity
from services.dsn.domain.crm import OURS, Crm
from services.dsn.domain.crm_returns import Return
from services.dsn.domain.facts import Flow
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import crm, crm_return, declaration

_FLOW = (crm.c.flow_id, crm.c.flow_rank)
_COLUMNS = [one.name for one in fields(Crm) if one.name != "returns"]


def answers_for(connection: Connection, sirets: Iterable[str]) -> dict[Flow, list[Crm]]:
    """The answers to the declarations of `sirets`, by flow and rank."""
    found: dict[Flow, list[Crm]] = defaultdict(list)
    for some in chunks(set(sirets)):
        known = {"sirets": one_of_value(connection, declaration.c.siret, some)}
        for row in connection.execute(_to_sirets(connection.dialect.name), known):
            found[row.flow_id, row.flow_rank].append(_crm(row))
    return found


@cache
def _to_sirets(dialect: str) -> sa.Select[Any]:
    same = sa.and_(declaration.c.flow_id == crm.c.flow_id, declaration.c.flow_rank == crm.c.flow_rank)
    read = (crm.c[name] for name in _COLUMNS)
    return sa.select(*read).join(declaration, same).where(one_of(dialect, declaration.c.siret, "sirets"))


def returns_of_flows(connection: Connection, flows: Iterable[Flow]) -> dict[Crm, list[Return]]:
    """What the answers to these flows say in detail, by the answer as `answers_for` reads it."""
    found: dict[Crm, list[Return]] = defaultdict(list)
    said = [crm_return.c[name].label(f"return_{name}") for name in ("code", "severity", "rubric", "count")]
    same = crm_return.c.identity == crm.c.identity
    for some in chunks(sorted(set(flows))):
        query = sa.select(crm, *said).join(crm_return, same).where(sa.tuple_(*_FLOW).in_(some))
        for row in connection.execute(query.order_by(crm.c.identity, crm_return.c.number)):
            severity = Severity(row.return_severity)
            found[_crm(row)].append(Return(row.return_code, severity, row.return_rubric, row.return_count))
    return found


@dataclass(frozen=True)
class NewAnswer:
    """A publication to write; `waiting_at` when its declaration is not known."""

    crm: Crm
    waiting_at: datetime | None


def write_answers(connection: Connection, new: Sequence[NewAnswer], import_id: UUID) -> set[str]:
    """Write the publications that are not known, with their returns; their identities."""
    rows = {identity_of(one.crm): one for one in new}
    if not rows:
        return set()
    statement = insert(connection, crm).on_conflict_do_nothing(index_elements=["identity"]).returning(crm.c.identity)
    values = [_crm_row(identity, rows[identity], import_id) for identity in sorted(rows)]
    written = set(connection.execute(statement, values).scalars())
    said = [line for identity in sorted(written) for line in _return_rows(identity, rows[identity].crm)]
    if said:
        connection.execute(sa.insert(crm_return), said)
    return written


def sirets_of_flows(connection: Connection, flows: Iterable[Flow]) -> dict[Flow, str]:
    """The establishment each flow is about, when its declaration is known."""
    columns = (declaration.c.flow_id, declaration.c.flow_rank, declaration.c.siret)
    found: dict[Flow, str] = {}
    for some in chunks({flow for flow, _ in flows}):
        for row in connection.execute(sa.select(*columns).where(declaration.c.flow_id.in_(some))):
            found[row.flow_id, row.flow_rank] = row.siret
    return found


def received_of_flows(connection: Connection, flows: Iterable[Flow]) -> dict[Flow, datetime]:
    """When the declaration of each flow came in, when it is known."""
    columns = (declaration.c.flow_id, declaration.c.flow_rank, declaration.c.received_at)
    found: dict[Flow, datetime] = {}
    for some in chunks({flow for flow, _ in flows}):
        for row in connection.execute(sa.select(*columns).where(declaration.c.flow_id.in_(some))):
            found[row.flow_id, row.flow_rank] = row.received_at
    return found


def identity_of(one: Crm) -> str:
    """The same for the same publication; what was kept before returns and natures were has the one it had."""
    told: list[object] = [one.flow_id, one.flow_rank, one.organism, one.status, one.code, one.errors]
    told.append(one.published_at.isoformat())
    if one.nature != OURS or one.returns:
        told += [one.nature, [(each.code, str(each.severity), each.rubric, each.count) for each in one.returns]]
    return hashlib.sha256(repr(tuple(told)).encode()).hexdigest()


def _crm_row(identity: str, new: NewAnswer, import_id: UUID) -> dict[str, Any]:
    values = {name: getattr(new.crm, name) for name in _COLUMNS}
    told = {"status": str(new.crm.status), "import_id": import_id, "waiting_at": new.waiting_at}
    return {**values, **told, "identity": identity}


def _return_rows(identity: str, one: Crm) -> list[dict[str, Any]]:
    return [
        {
            "identity": identity,
            "number": number,
            "code": each.code,
            "severity": str(each.severity),
            "rubric": each.rubric,
            "count": each.count,
        }
        for number, each in enumerate(one.returns, start=1)
    ]


def _crm(row: Any) -> Crm:
    return Crm(
        flow_id=row.flow_id,
        flow_rank=row.flow_rank,
        organism=row.organism,
        status=CrmStatus(row.status),
        code=row.code,
        published_at=row.published_at,
        errors=row.errors,
        nature=row.nature,
    )
