"""One of a person's own delegations, with its rights and what giving it up takes with it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.errors import NotFound
from services.delegation.domain.delegation import INSTANTS
from services.delegation.queries.closing_takes import closing_takes
from services.delegation.queries.own import mine, own_items
from services.delegation.storage import journal
from services.delegation.storage.rows import delegation_of
from services.delegation.storage.tables import delegations


def mandate(connection: Connection, *, clock: Clock, account_id: UUID, delegation_id: UUID) -> dict[str, Any]:
    """All of it. NotFound for one that is not the account's (AA22)."""
    found = sa.select(delegations).where(*mine(account_id), delegations.c.id == delegation_id)
    row = connection.execute(found).mappings().one_or_none()
    if row is None:
        raise NotFound
    held, now = delegation_of(row), clock.now()
    return {
        **own_items(connection, [held], now)[0],
        **held.effective.as_plain(),
        **{name: getattr(held, name) for name in INSTANTS},
        "opened_by": journal.opened_by(connection, held, held.id),
        **closing_takes(connection, held, paris_day(now)),
    }
