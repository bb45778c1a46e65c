"""The access projection: who may do what for which tenant on which day, kept by every service that must decide (C9).

A request is checked here at the moment it is made, with the day of the request; nothing about rights is in a token.
What several grants give together is the rule of `grants.py`, and no other's.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.errors import AccessRefused, NotFound
from backbone.rights.grants import Grant, Part
from backbone.rights.levels import Level, at_least
from backbone.store.tables import APART


def table() -> sa.Table:
    """The access table, apart from any service's metadata."""
    return APART.access


def usable_on(day: date | sa.BindParameter[Any]) -> sa.ColumnElement[bool]:
    """The rows that open something on `day`: confirmed, not closed, and within their dates, both included (T10)."""
    access = table()
    ended = sa.or_(access.c.ends_on.is_(None), access.c.ends_on >= day)
    return sa.and_(access.c.open.is_(True), access.c.starts_on <= day, ended)


def gives_one_of(functions: Iterable[str], level: str = Level.CONSULTATION) -> sa.ColumnElement[bool]:
    """The rows that give one of `functions` at `level` or more, as `grants.gives` says: an administrator's give all."""
    access = table()
    granted = [access.c.rights[function].as_string() for function in functions]
    # Not IN, whose list is written into the statement anew each time it is asked.
    return sa.or_(access.c.administrator, *(given == one for given in granted for one in at_least(level)))


def grant_of(connection: Connection, account_id: UUID, tenant_id: UUID, day: date) -> Grant | None:
    """What `account_id` may do for `tenant_id` on `day`: all its usable rows, each apart; None when nothing is open."""
    return granted(connection.execute(_usable(), {"account_id": account_id, "tenant_id": tenant_id, "day": day}))


def parts() -> list[sa.Column[Any]]:
    """What `granted` reads of a row."""
    return [table().c[name] for name in ("grant_id", "administrator", "scopes", "rights")]


def granted(rows: Iterable[Any]) -> Grant | None:
    """What the rows of somebody for a tenant give (`parts`, in the order of `grant_id`); None without any."""
    found = tuple(map(_part, rows))
    return Grant(found) if found else None


@cache
def _usable() -> sa.Select[Any]:
    access = table()
    day = sa.bindparam("day", type_=sa.Date)
    mine = [access.c[name] == sa.bindparam(name, type_=sa.Uuid) for name in ("account_id", "tenant_id")]
    return sa.select(*parts()).where(*mine, usable_on(day)).order_by(access.c.grant_id)


def require_access(
    connection: Connection,
    account_id: UUID | None,
    tenant_id: UUID,
    *,
    day: date,
    function: str | None = None,
    level: str = Level.CONSULTATION,
    scope: str | None = None,
    administrator: bool = False,
) -> Grant:
    """The grant, or a refusal: NotFound when nothing is open for this tenant (AA22), AccessRefused when something is,
    but not this function at this level (on this scope), or not administration (AA24–AA26)."""
    grant = grant_of(connection, account_id, tenant_id, day) if account_id else None
    if grant is None:
        raise NotFound
    if administrator and not grant.administrator:
        raise AccessRefused
    if function and not grant.allows(function, level, scope):
        raise AccessRefused
    return grant


def _part(row: Any) -> Part:
    return Part(row.grant_id, row.administrator, frozenset(row.scopes), row.rights)
