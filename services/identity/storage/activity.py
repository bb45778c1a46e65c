"""What was done with accounts, for their owners; and refused logins, noted alike for every address until a job knows
whose they are."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from backbone.ids import new_id
from backbone.shape.aside import without
from contracts.words.acts import Act
from services.identity.domain.whereabouts import Where
from services.identity.storage.tables import activity, refused_logins


def add(connection: Connection, acts: Sequence[tuple[UUID, Act, Where, datetime]]) -> None:
    """Keep these acts: whose account, what, from where, when."""
    rows = [
        {"activity_id": new_id(), "account_id": account_id, "act": act, "at": at, **vars(where)}
        for account_id, act, where, at in acts
    ]
    if rows:
        connection.execute(sa.insert(activity), rows)


def of_account(
    connection: Connection, account_id: UUID, since: datetime, before: UUID | None, limit: int
) -> list[RowMapping]:
    """Its acts since then, the newest first; those older than the act `before`, which is one of its own."""
    mine = activity.c.account_id == account_id
    query = sa.select(activity).where(mine, activity.c.at >= since)
    if before is not None:
        at = sa.select(activity.c.at).where(mine, activity.c.activity_id == before).scalar_subquery()
        query = query.where(sa.or_(activity.c.at < at, sa.and_(activity.c.at == at, activity.c.activity_id < before)))
    ordered = query.order_by(activity.c.at.desc(), activity.c.activity_id.desc())
    return list(connection.execute(ordered.limit(limit)).mappings())


def purge(connection: Connection, before: datetime) -> int:
    """Forget what is older; how many."""
    return connection.execute(sa.delete(activity).where(activity.c.at < before)).rowcount


def refuse(connection: Connection, email_key: str, where: Where, now: datetime) -> None:
    """Note that a login at this address was refused. Always one more row, whosever it is: the same work (C6)."""
    row = {"refusal_id": new_id(), "email_key": email_key, "refused_at": now, **vars(where)}
    connection.execute(sa.insert(refused_logins).values(**row))


def refused(connection: Connection, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
    """The oldest that were noted, held, without those set aside; those another process holds are skipped."""
    query = sa.select(refused_logins).where(without(refused_logins.c.refusal_id, beside))
    oldest = query.order_by(refused_logins.c.refused_at).limit(limit)
    return connection.execute(oldest.with_for_update(skip_locked=True)).all()


def take_refused(connection: Connection, refusal_ids: Collection[UUID]) -> list[Any]:
    """Take them off the list; those that no other process took, the oldest first."""
    statement = sa.delete(refused_logins).where(refused_logins.c.refusal_id.in_(list(refusal_ids)))
    return sorted(connection.execute(statement.returning(refused_logins)), key=lambda row: row.refused_at)
