"""One delegation, for who administers its adhérent."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.errors import AccessRefused, NotFound
from services.delegation.domain.authority import may_see
from services.delegation.domain.delegation import Delegation
from services.delegation.queries.presenting import list_items
from services.delegation.storage import journal
from services.delegation.storage.delegations import administrator, ancestors, find
from services.delegation.storage.tables import delegations

FACTS = ("opened_at", "completed_at", "confirmed_at", "refused_at", "closed_at")


def delegation_detail(
    connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID, delegation_id: UUID
) -> dict[str, Any]:
    """All of it: the line of the list, the rights, and who opened it when."""
    actor, target = _seen(connection, clock, account_id, adherent_id, delegation_id)
    opened = journal.entries(connection, actor, target.id)
    return {
        **list_items(connection, actor, [target], clock.now())[0],
        **target.effective.scope.as_plain(),
        **{name: getattr(target, name) for name in FACTS},
        "kind": str(target.kind),
        "opened_by": opened[0]["author"] if opened else None,
    }


def delegation_journal(
    connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID, delegation_id: UUID
) -> dict[str, Any]:
    """Everything that was done with it: who, what, when, and what it was worth then (D18). Oldest first."""
    actor, target = _seen(connection, clock, account_id, adherent_id, delegation_id)
    return {"items": journal.entries(connection, actor, target.id)}


def administered(connection: Connection, *, clock: Clock, account_id: UUID, delegation_id: UUID) -> dict[str, Any]:
    """Where a delegation known by its id alone belongs (the link of a mail). NotFound unless I administer it."""
    adherent_id = connection.scalar(sa.select(delegations.c.adherent_id).where(delegations.c.id == delegation_id))
    if adherent_id is None:
        raise NotFound
    try:
        _seen(connection, clock, account_id, adherent_id, delegation_id)
    except AccessRefused:
        raise NotFound from None
    return {"delegation_id": delegation_id, "adherent_id": adherent_id}


def _seen(
    connection: Connection, clock: Clock, account_id: UUID, adherent_id: UUID, delegation_id: UUID
) -> tuple[Delegation, Delegation]:
    actor = administrator(connection, account_id, adherent_id, paris_day(clock.now()))
    target = find(connection, adherent_id, delegation_id)
    if not may_see(actor, target, ancestors(connection, target)):
        raise NotFound
    return actor, target
