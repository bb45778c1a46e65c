"""Dead links that ask for a new one, waiting for the job that answers. Only the digest of a link is here."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from services.identity.domain.renewal import Link
from services.identity.storage.tables import renewal_requests


def ask(connection: Connection, link: Link, token_hash: str, now: datetime) -> None:
    """Note it. Always one more row, whether the link was ever ours: the same work for every link."""
    row = {"request_id": new_id(), "link": link, "token_hash": token_hash, "asked_at": now}
    connection.execute(sa.insert(renewal_requests).values(**row))


def take(connection: Connection) -> tuple[Link, str] | None:
    """The oldest request, taken off the list; those another process holds are skipped."""
    oldest = (
        sa.select(renewal_requests.c.request_id)
        .order_by(renewal_requests.c.asked_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    statement = sa.delete(renewal_requests).where(renewal_requests.c.request_id == oldest)
    row = connection.execute(statement.returning(renewal_requests.c.link, renewal_requests.c.token_hash)).first()
    return (Link(row.link), row.token_hash) if row else None
