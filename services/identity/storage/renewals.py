"""Dead links that ask for a new one, waiting for the job that answers. Only the digest of a link is here."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from backbone.shape.aside import without
from services.identity.domain.link import Purpose
from services.identity.storage.tables import renewal_requests


def ask(connection: Connection, purpose: Purpose, token_hash: str, now: datetime) -> None:
    """Note it. Always one more row, whether the link was ever ours: the same work for every link."""
    row = {"request_id": new_id(), "link": purpose, "token_hash": token_hash, "asked_at": now}
    connection.execute(sa.insert(renewal_requests).values(**row))


def asked(connection: Connection, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
    """The oldest requests, held, without those set aside; those another process holds are skipped."""
    query = sa.select(renewal_requests).where(without(renewal_requests.c.request_id, beside))
    oldest = query.order_by(renewal_requests.c.asked_at).limit(limit)
    return connection.execute(oldest.with_for_update(skip_locked=True)).all()


def take(connection: Connection, request_id: UUID) -> bool:
    """Take it off the list; False when another process did."""
    mine = renewal_requests.c.request_id == request_id
    return connection.execute(sa.delete(renewal_requests).where(mine)).rowcount == 1
