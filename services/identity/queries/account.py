"""« Connexion et contact »: one's own account (G73)."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from backbone.errors import NotFound
from services.identity.domain.lifetimes import Lifetimes
from services.identity.storage.accounts import COLUMNS
from services.identity.storage.tables import accounts


def account(connection: Connection, *, account_id: UUID, lifetimes: Lifetimes) -> dict[str, Any]:
    """« Connexion et contact » (G73), until when the address is certified (G54), what was consented to and when (G48).
    NotFound when it is not there."""
    query = select(*COLUMNS, accounts.c.email_certified_at, accounts.c.newsletter, accounts.c.completed_at)
    row = connection.execute(query.where(accounts.c.account_id == account_id)).first()
    if row is None:
        raise NotFound
    until = row.email_certified_at + lifetimes.certification if row.email_certified_at else None
    return {**row._mapping, "certified_until": until}
