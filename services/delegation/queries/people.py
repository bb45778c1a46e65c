"""What people of an adhérent are called, for another one of them: who takes care of what they both see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from services.delegation.storage.delegations import holder
from services.delegation.storage.tables import accounts, delegations


def people(
    connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID, asked: Sequence[UUID]
) -> dict[str, Any]:
    """The names of those of `asked` who have access to the adhérent or had, never an address; of the others nothing.
    NotFound for who has no access today himself (AA22)."""
    holder(connection, account_id, adherent_id, paris_day(clock.now()))
    theirs = sa.exists().where(
        delegations.c.account_id == accounts.c.account_id,
        delegations.c.adherent_id == adherent_id,
        delegations.c.confirmed_at.is_not(None),
    )
    named = sa.select(accounts.c.account_id, accounts.c.nom, accounts.c.prenom)
    named = named.where(accounts.c.account_id.in_(asked), theirs).order_by(accounts.c.account_id)
    return {"items": [dict(row._mapping) for row in connection.execute(named)]}
