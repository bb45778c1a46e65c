"""The last prolongation that was asked for each delegation."""

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from services.delegation.domain.prolongation import Prolongation
from services.delegation.storage.mandate_tables import prolongations

NAMES = ("asked_at", "ends_on", "wanted_on", "answered_at", "reason")


def asked(connection: Connection, delegation_ids: Collection[UUID]) -> dict[UUID, Prolongation]:
    """What was last asked for these; nothing of one for which nobody did."""
    rows = connection.execute(sa.select(prolongations).where(prolongations.c.delegation_id.in_(list(delegation_ids))))
    return {row.delegation_id: Prolongation(**{name: getattr(row, name) for name in NAMES}) for row in rows}


def keep(connection: Connection, delegation_id: UUID, one: Prolongation) -> None:
    """What is asked now, in the place of what was."""
    row = insert(connection, prolongations).values({"delegation_id": delegation_id, **asdict(one)})
    connection.execute(row.on_conflict_do_update(index_elements=["delegation_id"], set_=asdict(one)))


def answer(
    connection: Connection, delegation_id: UUID, one: Prolongation, at: datetime, reason: str | None = None
) -> None:
    """It was answered; `reason`: why it was refused, if that was said."""
    keep(connection, delegation_id, replace(one, answered_at=at, reason=reason))
