"""« Mes délégations »: all that a person accepted, of every company, what lives before what is over."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.web import page_of
from services.delegation.queries.own import mine, own_items
from services.delegation.storage.delegations import lasting
from services.delegation.storage.rows import delegation_of
from services.delegation.storage.tables import adherents, delegations

table = delegations.c


def mandates(
    connection: Connection, *, clock: Clock, account_id: UUID, page: int = 1, page_size: int = 25
) -> dict[str, Any]:
    """One page of them, by company; of one company the newest first."""
    now, which = clock.now(), mine(account_id)
    total = connection.scalar(sa.select(sa.func.count()).select_from(delegations).where(*which)) or 0
    lives = sa.case((lasting(paris_day(now)), 0), else_=1)
    order = (lives, adherents.c.raison_key, table.starts_on.desc(), table.id)
    found = sa.select(delegations).join_from(delegations, adherents).where(*which).order_by(*order)
    rows = connection.execute(found.limit(page_size).offset((page - 1) * page_size)).mappings()
    held = [delegation_of(row) for row in rows]
    return page_of(own_items(connection, held, now), total, page, page_size)
