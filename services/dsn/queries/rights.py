"""Who may see the DSN of a site: whom one of the functions that open it was given."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.errors import AccessRefused
from backbone.rights.access import gives_one_of, require_access, table, usable_on
from backbone.rights.grants import Grant
from contracts.words import functions


def require_dsn(connection: Connection, account_id: UUID | None, adherent_id: UUID, day: date) -> Grant:
    """The grant that opens the DSN of `adherent_id`. NotFound without any access (AA22), AccessRefused without the
    right (AA25)."""
    grant = require_access(connection, account_id, adherent_id, day=day)
    if not any(grant.allows(function) for function in functions.DSN):
        raise AccessRefused
    return grant


def adherents_of(account_id: UUID, day: date) -> sa.Subquery:
    """The adhérents `account_id` may enter on `day` (tenant_id), and whether it sees their DSN (sees, 0 or 1)."""
    access = table()
    sees = sa.func.max(sa.case((gives_one_of(functions.DSN), 1), else_=0)).label("sees")
    mine = sa.and_(access.c.account_id == account_id, usable_on(day))
    return sa.select(access.c.tenant_id, sees).where(mine).group_by(access.c.tenant_id).subquery("mine")
