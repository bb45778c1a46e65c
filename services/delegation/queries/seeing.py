"""A delegation, for who may see it."""

from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.errors import NotFound
from services.delegation.domain.authority import may_see
from services.delegation.domain.delegation import Delegation
from services.delegation.storage.delegations import administrator, ancestors, find


def seen(
    connection: Connection, clock: Clock, account_id: UUID, adherent_id: UUID, delegation_id: UUID
) -> tuple[Delegation, Delegation]:
    """Who looks, as he administers the adhérent today, and what he looks at. NotFound, AccessRefused (AA22, AA26)."""
    actor = administrator(connection, account_id, adherent_id, paris_day(clock.now()))
    target = find(connection, adherent_id, delegation_id)
    if not may_see(actor, target, ancestors(connection, target)):
        raise NotFound
    return actor, target
