"""Sessions: an opaque secret known by its SHA-256; alive while neither idle, nor too old, nor ended (C7)."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.rights import revocation
from backbone.store.database import Instant
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.lifetimes import Lifetimes
from services.identity.storage.accounts import COLUMNS
from services.identity.storage.tables import accounts, sessions

SHOWN = ("session_id", "created_at", "seen_at", "expires_at", "browser", "address")


def touch(connection: Connection, secret_hash: str, now: datetime, lifetimes: Lifetimes, /, **values: Any) -> Any:
    """Use the session: its row after that (with `values` set), or None when it is dead. One statement decides."""
    known = {"now": now, "since": now - lifetimes.idle, "secret": secret_hash}
    return connection.execute(
        _used(tuple(values)), known | {f"new_{name}": value for name, value in values.items()}
    ).first()


@cache
def _used(names: tuple[str, ...]) -> Any:
    """The statement, built once for everybody: each page begins with it (decision 49)."""
    now, since = (sa.bindparam(name, type_=Instant) for name in ("now", "since"))
    active = sa.exists().where(accounts.c.account_id == sessions.c.account_id, accounts.c.status == str(Status.ACTIF))
    values = {name: sa.bindparam(f"new_{name}", type_=sessions.c[name].type) for name in names}
    return (
        sa.update(sessions)
        .where(sessions.c.secret_hash == sa.bindparam("secret"), *_alive(now, since), active)
        .values(seen_at=now, **values)
        .returning(sessions.c.session_id, sessions.c.account_id, sessions.c.authenticated_at, sessions.c.expires_at)
    )


def live(connection: Connection, secret_hash: str, now: datetime, lifetimes: Lifetimes) -> Any:
    """The session and its account's columns, without using it; None when it is dead."""
    query = (
        sa.select(sessions.c.session_id, *COLUMNS, accounts.c.password_hash)
        .join(accounts, accounts.c.account_id == sessions.c.account_id)
        .where(sessions.c.secret_hash == secret_hash, *_alive(now, now - lifetimes.idle))
    )
    return connection.execute(query).first()


def end_one(connection: Connection, secret_hash: str, now: datetime) -> list[Any]:
    """End the session of this secret, as `end_of` does."""
    return _end(connection, now, sessions.c.secret_hash == secret_hash)


def end_of(
    connection: Connection, account_id: UUID, now: datetime, *, only: UUID | None = None, but: UUID | None = None
) -> list[Any]:
    """End the sessions of an account, `only` that one, or all `but` one; their tokens are dead here from now on. Their
    ids and accounts."""
    mine = [sessions.c.account_id == account_id]
    mine += [] if only is None else [sessions.c.session_id == only]
    mine += [] if but is None else [sessions.c.session_id != but]
    return _end(connection, now, *mine)


def _end(connection: Connection, now: datetime, *conditions: sa.ColumnElement[bool]) -> list[Any]:
    statement = (
        sa.update(sessions)
        .where(sessions.c.ended_at.is_(None), *conditions)
        .values(ended_at=now)
        .returning(sessions.c.session_id, sessions.c.account_id)
    )
    ended = list(connection.execute(statement))
    revocation.revoke(connection, [row.session_id for row in ended], now)
    return ended


def of_account(
    connection: Connection, account_id: UUID, now: datetime, lifetimes: Lifetimes, *, page: int, page_size: int
) -> tuple[list[Any], int]:
    """A page of the live sessions of an account, the newest first, and how many there are."""
    mine = sa.and_(sessions.c.account_id == account_id, *_alive(now, now - lifetimes.idle))
    query = sa.select(*(sessions.c[name] for name in SHOWN)).where(mine)
    ordered = query.order_by(sessions.c.created_at.desc(), sessions.c.session_id)
    total = connection.execute(sa.select(sa.func.count()).select_from(sessions).where(mine)).scalar_one()
    return list(connection.execute(ordered.limit(page_size).offset((page - 1) * page_size))), total


def _alive(now: datetime | sa.BindParameter[Any], since: datetime | sa.BindParameter[Any]) -> tuple[Any, ...]:
    return sessions.c.ended_at.is_(None), sessions.c.seen_at > since, sessions.c.expires_at > now
