"""What a person of an adhérent is called, for another one of them: who takes care of what they both see."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.errors import NotFound
from services.delegation.storage.delegations import holder
from services.delegation.storage.tables import accounts, delegations


def person(connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID, asked: UUID) -> dict[str, Any]:
    """The names of `asked`, who has access to the adhérent or had, never an address. NotFound for anybody else, and
    for who has no access today himself (AA22)."""
    holder(connection, account_id, adherent_id, paris_day(clock.now()))
    theirs = sa.exists().where(
        delegations.c.account_id == accounts.c.account_id,
        delegations.c.adherent_id == adherent_id,
        delegations.c.confirmed_at.is_not(None),
    )
    named = sa.select(accounts.c.nom, accounts.c.prenom).where(accounts.c.account_id == asked, theirs)
    found = connection.execute(named).first()
    if found is None:
        raise NotFound
    return dict(found._mapping)
