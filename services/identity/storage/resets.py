"""Forgotten passwords: what was asked, waiting for the job that answers; and links, known by their SHA-256 (C4)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from backbone.shape.aside import without
from services.identity.storage.tables import accounts, reset_requests, resets

LIVE = resets.c.ended_at.is_(None)


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


def add(connection: Connection, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Keep new links; the former one of each account dies."""
    if rows:
        end(connection, [row["account_id"] for row in rows], now)
        connection.execute(sa.insert(resets), [{**row, "issued_at": now} for row in rows])


def end(connection: Connection, account_ids: Iterable[UUID], now: datetime) -> None:
    """Kill the live links of these accounts."""
    theirs = resets.c.account_id.in_(list(account_ids))
    connection.execute(sa.update(resets).where(LIVE, theirs).values(ended_at=now))


def live(connection: Connection, token_hash: str, now: datetime) -> Any:
    """The link, its account and address, while it can be used."""
    query = (
        sa.select(resets.c.account_id, accounts.c.email, accounts.c.nom, accounts.c.prenom)
        .join(accounts, accounts.c.account_id == resets.c.account_id)
        .where(resets.c.token_hash == token_hash, LIVE, resets.c.expires_at > now)
    )
    return connection.execute(query).first()


def consume(connection: Connection, token_hash: str, now: datetime) -> bool:
    """Use the link; False when it was dead. Of many at once, one succeeds."""
    usable = (resets.c.token_hash == token_hash, LIVE, resets.c.expires_at > now)
    return connection.execute(sa.update(resets).where(*usable).values(ended_at=now)).rowcount == 1
