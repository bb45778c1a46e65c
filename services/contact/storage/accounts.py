"""The accounts, as identity says them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from backbone.messaging.projections import Projection
from contracts.events.stated import ACCOUNT_STATED
from services.contact.storage.tables import account

ACCOUNTS = Projection("identity", "accounts", account, "account_id", stated=ACCOUNT_STATED.type)


def lock_account(connection: Connection, account_id: UUID) -> Row[Any] | None:
    """The account, locked: two messages of one account are counted one after the other (no quota race)."""
    return connection.execute(sa.select(account).where(account.c.account_id == account_id).with_for_update()).first()


def find_account(connection: Connection, account_id: UUID) -> Row[Any] | None:
    """The account, as last announced."""
    return connection.execute(sa.select(account).where(account.c.account_id == account_id)).first()
