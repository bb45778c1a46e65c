"""One of a person's own delegations, with its rights and what giving it up takes with it."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from services.delegation.domain.delegation import INSTANTS
from services.delegation.queries.closing_takes import closing_takes
from services.delegation.queries.own import own, own_items
from services.delegation.storage import journal


def mandate(connection: Connection, *, clock: Clock, account_id: UUID, delegation_id: UUID) -> dict[str, Any]:
    """All of it. NotFound for one that is not the account's (AA22)."""
    held, now = own(connection, account_id, delegation_id), clock.now()
    return {
        **own_items(connection, [held], now)[0],
        **held.effective.as_plain(),
        **{name: getattr(held, name) for name in INSTANTS},
        "opened_by": journal.opened_by(connection, held, held.id),
        **closing_takes(connection, held, paris_day(now)),
    }
