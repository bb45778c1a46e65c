"""Whose DSN an account sees: a site with what he may do there, in one statement; a table that lists are joined to."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.errors import AccessRefused, NotFound
from backbone.rights.access import gives_one_of, granted, parts, table, usable_on
from backbone.rights.grants import Grant
from contracts.words import functions
from services.dsn.storage.calendar import MOVED
from services.dsn.storage.facts import KNOWN
from services.dsn.storage.rights import may
from services.dsn.storage.sites import JUDGED
from services.dsn.storage.tables import site


def site_with(*beside: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """The statement of `seen`, with these columns of the site beside what its months are judged by; made once by who
    asks it."""
    access, day = table(), sa.bindparam("day", type_=sa.Date)
    mine = sa.and_(access.c.tenant_id == site.c.adherent_id, access.c.account_id == sa.bindparam("account_id"))
    query = sa.select(*(site.c[name] for name in JUDGED), *beside, *parts()).join(access, mine)
    one = (site.c.site_id == sa.bindparam("one_id", type_=sa.Uuid), site.c.withdrawn.is_(False))
    return query.where(*one, usable_on(day)).order_by(access.c.grant_id)


_ALONE = site_with()
# With what its months are judged from, as far as it is known.
TO_JUDGE = site_with(MOVED, *KNOWN)


def seen(
    connection: Connection,
    account_id: UUID | None,
    site_id: UUID,
    clock: Clock,
    statement: sa.Select[Any] = _ALONE,
) -> tuple[Any, Grant]:
    """The site, and what gives the account the right to see its DSN today. NotFound with the same words for an unknown
    site and for somebody else's (AA22, AA23), AccessRefused without the right (AA24, AA25)."""
    asked = {"account_id": account_id, "one_id": site_id, "day": paris_day(clock.now())}
    rows = connection.execute(statement, asked).all()
    grant = granted(rows)
    if grant is None:
        raise NotFound
    if not may(grant):
        raise AccessRefused
    return rows[0], grant


def adherents_of(account_id: UUID | sa.BindParameter[Any], day: date | sa.BindParameter[Any]) -> sa.Subquery:
    """The adhérents `account_id` may enter on `day` (tenant_id), and whether it sees their DSN (sees, 0 or 1)."""
    access = table()
    sees = sa.func.max(sa.case((gives_one_of(functions.DSN), 1), else_=0)).label("sees")
    mine = sa.and_(access.c.account_id == account_id, usable_on(day))
    return sa.select(access.c.tenant_id, sees).where(mine).group_by(access.c.tenant_id).subquery("mine")
