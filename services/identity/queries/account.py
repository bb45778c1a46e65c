"""« Connexion et contact »: one's own account (G73)."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from backbone.errors import NotFound
from services.identity.domain.bank_proof import standing
from services.identity.domain.lifetimes import Lifetimes
from services.identity.storage.accounts import COLUMNS
from services.identity.storage.tables import accounts


def account(connection: Connection, *, account_id: UUID, lifetimes: Lifetimes) -> dict[str, Any]:
    """« Connexion et contact » (G73), until when the address is certified (G54), what was consented to and when (G48),
    from when until when the certified number proves who asks for new bank details (G78). NotFound if there is none."""
    query = select(*COLUMNS, accounts.c.email_certified_at, accounts.c.newsletter, accounts.c.completed_at)
    row = connection.execute(query.where(accounts.c.account_id == account_id)).first()
    if row is None:
        raise NotFound
    until = row.email_certified_at + lifetimes.certification if row.email_certified_at else None
    stands = standing(row.mobile_certified_at, row.mobile_recertified_at, lifetimes)
    mobile = {"mobile_usable_from": stands.usable_from, "mobile_usable_until": stands.usable_until}
    return {**row._mapping, "certified_until": until, **mobile}
