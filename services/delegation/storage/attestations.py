"""The attestations that were issued: each once, for a version of a delegation, and never changed."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from contracts.words.kinds import Kind, Role
from services.delegation.domain.attestation import Attestation, Parties
from services.delegation.domain.delegation import Delegation
from services.delegation.storage.attestation_tables import attestations
from services.delegation.storage.rows import grant_of, plain_grant

INSTANTS = ("opened_at", "completed_at", "confirmed_at", "closed_at")
AS_IT_IS = ("in_force", "opened_by", "confirmed_by", "texts")


def add(connection: Connection, one: Attestation) -> None:
    """Keep a new one."""
    instants = {name: getattr(one, name) for name in INSTANTS}
    said = {
        "parties": asdict(one.parties),
        "kind": str(one.kind),
        "role": str(one.role),
        "grant": plain_grant(one.grant),
        **{name: at.isoformat() if at else None for name, at in instants.items()},
        **{name: getattr(one, name) for name in AS_IT_IS},
    }
    columns = {name: getattr(one, name) for name in ("number", "delegation_id", "version", "issued_at")}
    connection.execute(sa.insert(attestations), {**columns, "said": said})


def of(connection: Connection, held: Delegation) -> Attestation | None:
    """The one of `held` as it is; None when none was issued since it last changed."""
    return _found(connection, attestations.c.delegation_id == held.id, attestations.c.version == held.sequence)


def by_number(connection: Connection, number: str) -> Attestation | None:
    """The one of that number; None when there is none."""
    return _found(connection, attestations.c.number == number)


def _found(connection: Connection, *which: sa.ColumnElement[bool]) -> Attestation | None:
    row = connection.execute(sa.select(attestations).where(*which)).first()
    return _read(row.number, row.delegation_id, row.version, row.issued_at, row.said) if row else None


def _read(number: str, delegation_id: UUID, version: int, issued_at: datetime, said: Mapping[str, Any]) -> Attestation:
    instants: dict[str, Any] = {name: datetime.fromisoformat(said[name]) if said[name] else None for name in INSTANTS}
    return Attestation(
        number,
        delegation_id,
        version,
        issued_at,
        Parties(**said["parties"]),
        Kind(said["kind"]),
        Role(said["role"]),
        grant_of(said["grant"]),
        **instants,
        **{name: said[name] for name in AS_IT_IS},
    )
