"""Answers of the caisses to declarations. Written once, never changed; the same one again has no effect."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from services.dsn.domain.crm import Crm, CrmStatus
from services.dsn.domain.facts import Flow
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import crm, declaration


def answers_for(connection: Connection, sirets: Iterable[str]) -> dict[Flow, list[Crm]]:
    """The answers to the declarations of `sirets`, by flow and rank."""
    found: dict[Flow, list[Crm]] = defaultdict(list)
    same = sa.and_(declaration.c.flow_id == crm.c.flow_id, declaration.c.flow_rank == crm.c.flow_rank)
    for some in chunks(set(sirets)):
        query = sa.select(crm).join(declaration, same).where(declaration.c.siret.in_(some))
        for row in connection.execute(query):
            found[row.flow_id, row.flow_rank].append(_crm(row))
    return found


def write_answers(connection: Connection, answers: Sequence[Crm], import_id: UUID) -> set[str]:
    """Write the publications that are not known; their identities."""
    rows = {identity_of(one): one for one in answers}
    if not rows:
        return set()
    statement = insert(connection, crm).on_conflict_do_nothing(index_elements=["identity"]).returning(crm.c.identity)
    values = [_crm_row(identity, rows[identity], import_id) for identity in sorted(rows)]
    return set(connection.execute(statement, values).scalars())


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
    """The same for the same publication."""
    told = (one.flow_id, one.flow_rank, one.organism, one.status, one.code, one.errors, one.published_at.isoformat())
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _crm_row(identity: str, one: Crm, import_id: UUID) -> dict[str, Any]:
    values = {field.name: getattr(one, field.name) for field in fields(Crm)}
    return {**values, "status": str(one.status), "identity": identity, "import_id": import_id}


def _crm(row: Any) -> Crm:
    return Crm(
        flow_id=row.flow_id,
        flow_rank=row.flow_rank,
        organism=row.organism,
        status=CrmStatus(row.status),
        code=row.code,
        published_at=row.published_at,
        errors=row.errors,
    )
