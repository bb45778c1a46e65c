"""Forgotten passwords: what was asked, waiting for the job that answers, and how often it did."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from backbone.shape.aside import without
from services.identity.storage.tables import reset_requests, resets


def ask(connection: Connection, email_key: str, now: datetime) -> None:
    """Note that somebody asked for this address. Always one more row: it never waits for the job that answers, whose
    work would tell known addresses from unknown ones."""
    connection.execute(sa.insert(reset_requests).values(request_id=new_id(), email_key=email_key, asked_at=now))


def asked(connection: Connection, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
    """The oldest requests, held, without those set aside; those another process holds are skipped."""
    query = sa.select(reset_requests).where(without(reset_requests.c.request_id, beside))
    oldest = query.order_by(reset_requests.c.asked_at).limit(limit)
    return connection.execute(oldest.with_for_update(skip_locked=True)).all()


def take(connection: Connection, request_ids: Collection[UUID]) -> list[str]:
    """Take them off the list; the addresses of those that no other process took."""
    statement = sa.delete(reset_requests).where(reset_requests.c.request_id.in_(list(request_ids)))
    return list(connection.execute(statement.returning(reset_requests.c.email_key)).scalars())


def issued_since(connection: Connection, account_ids: Iterable[UUID], since: datetime) -> dict[UUID, list[datetime]]:
    """When links were made for these accounts since then."""
    query = sa.select(resets.c.account_id, resets.c.issued_at).where(
        resets.c.account_id.in_(list(account_ids)), resets.c.issued_at > since
    )
    found: dict[UUID, list[datetime]] = {}
    for row in connection.execute(query):
        found.setdefault(row.account_id, []).append(row.issued_at)
    return found
