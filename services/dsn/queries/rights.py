"""Whose DSN an account sees, as a table that lists are joined to."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from backbone.rights.access import gives_one_of, table, usable_on
from contracts.words import functions
from services.dsn.storage.rights import require_dsn

__all__ = ["adherents_of", "require_dsn"]


def adherents_of(account_id: UUID | sa.BindParameter[Any], day: date | sa.BindParameter[Any]) -> sa.Subquery:
    """The adhérents `account_id` may enter on `day` (tenant_id), and whether it sees their DSN (sees, 0 or 1)."""
    access = table()
    sees = sa.func.max(sa.case((gives_one_of(functions.DSN), 1), else_=0)).label("sees")
    mine = sa.and_(access.c.account_id == account_id, usable_on(day))
    return sa.select(access.c.tenant_id, sees).where(mine).group_by(access.c.tenant_id).subquery("mine")
