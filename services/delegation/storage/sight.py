"""What an administrator may see, as SQL: all of the company's; for the firm's, what stands under their own (K10)."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.delegation.domain.delegation import Delegation
from services.delegation.storage.tables import delegations

table = delegations.c


def below(actor: Delegation) -> sa.Select[tuple[UUID]]:
    """The ids of the actor's own delegation and of all that was delegated under it."""
    return under(actor.id)


def under(own_id: UUID | sa.BindParameter[Any]) -> sa.Select[tuple[UUID]]:
    """The ids of that delegation and of all that was delegated under it."""
    tree = sa.select(table.id).where(table.id == own_id).cte("below", recursive=True)
    tree = tree.union_all(sa.select(table.id).join(tree, table.parent_id == tree.c.id))
    return sa.select(tree.c.id)


def accounts_seen(connection: Connection, actor: Delegation) -> set[UUID] | None:
    """The accounts whose holders the actor sees; None: all of them."""
    if not actor.of_the_firm:
        return None
    theirs = sa.select(table.account_id).where(table.id.in_(below(actor)), table.account_id.is_not(None))
    return {id for id in connection.scalars(theirs) if id}
