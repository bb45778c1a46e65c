"""Who was delegated to before, and how many new addresses an administrator brought in lately."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.database import insert
from services.delegation.domain.addresses import same_address
from services.delegation.storage.journal import Act
from services.delegation.storage.tables import delegations, journal, newcomers


def is_known(connection: Connection, email: str, *, adherent_id: UUID, account_id: UUID) -> bool:
    """Whether that adhérent, or that account anywhere, ever delegated to the address."""
    to_it = delegations.c.email_key == same_address(email)
    there = sa.select(delegations.c.id).where(delegations.c.adherent_id == adherent_id, to_it)
    by_him = (journal.c.author_id == account_id, journal.c.act == str(Act.OUVERTURE))
    his = sa.select(journal.c.id).join(delegations, delegations.c.id == journal.c.delegation_id).where(*by_him, to_it)
    return bool(connection.scalar(sa.select(sa.or_(there.exists(), his.exists()))))


def held(connection: Connection, account_id: UUID) -> list[datetime]:
    """When the account brought in its last new addresses; its row is held, so that two adhérents count as one."""
    row = {"account_id": account_id, "times": []}
    connection.execute(insert(connection, newcomers).values(row).on_conflict_do_nothing())
    mine = sa.select(newcomers.c.times).where(newcomers.c.account_id == account_id).with_for_update()
    return [datetime.fromisoformat(at) for at in connection.scalar(mine) or ()]


def keep(connection: Connection, account_id: UUID, times: Sequence[datetime]) -> None:
    """Keep these instead."""
    mine = sa.update(newcomers).where(newcomers.c.account_id == account_id)
    connection.execute(mine.values(times=[at.isoformat() for at in times]))
