"""What a login changes, in statements that are built once and are few: everybody waits for them (decision 67)."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from backbone.store.database import Instant
from backbone.store.together import Together, send, together
from contracts.words.acts import Act
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.session import Session
from services.identity.domain.throttle import Attempt
from services.identity.domain.whereabouts import Where
from services.identity.storage import attempts, browsers
from services.identity.storage.accounts import COLUMNS
from services.identity.storage.tables import accounts, activity, sessions


class Noted(NamedTuple):
    """An account after a login of it was noted: its row, and whether it was logged in with this browser before."""

    row: Any
    browser_known: bool


def note(
    connection: Connection, account_id: UUID, known: str, carried: str | None, now: datetime, fresh: str | None
) -> Noted | None:
    """Remember a login by who proved the hash `known`, from the browser whose token has the hash `carried`; the hash
    `fresh` replaces one made with older settings. The account's row after it is held until the end; None when it may
    not log in, or its password is not that one any more."""
    values = {"account": account_id, "known": known, "carried": carried, "now": now, "fresh": fresh}
    row = connection.execute(_note(connection.dialect.name), values).first()
    if row is None:
        return None
    if connection.dialect.name == "postgresql":
        return Noted(row, row.browsers_used == 1)
    return Noted(row, carried is not None and connection.execute(browsers.USE, values).first() is not None)


def open_(
    connection: Connection, session: Session, secret_hash: str, place: Where, name_key: str, attempt: Attempt
) -> None:
    """Keep a new session, opened from `place` when its owner proved who he is, and the act for his « Activité du
    compte »; the attempt does not count."""
    known = {
        **attempts.settled(name_key, attempt),
        "session": session.session_id,
        "account": session.account_id,
        "secret": secret_hash,
        "now": session.authenticated_at,
        "end": session.expires_at,
        "browser_": place.browser,
        "address_": place.address,
        "entry": new_id(),
    }
    send(connection, _open(connection.dialect.name), known)


def _value(name: str, type_: Any) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=type_)


_ACCOUNT, _NOW = _value("account", sa.Uuid), _value("now", Instant)


@cache
def _note(dialect: str) -> Any:
    known, fresh = (_value(name, accounts.c.password_hash.type) for name in ("known", "fresh"))
    his = (accounts.c.account_id == _ACCOUNT, accounts.c.status == Status.ACTIF, accounts.c.password_hash == known)
    changed: dict[str, Any] = {"previous_login_at": accounts.c.last_login_at, "last_login_at": _NOW}
    changed |= {"password_hash": sa.func.coalesce(fresh, accounts.c.password_hash)}
    noted = sa.update(accounts).where(*his).values(changed).returning(*COLUMNS, accounts.c.previous_login_at)
    if dialect != "postgresql":
        return noted
    # One statement: who may not log in is refused, and what became of his browser is undone with the rest.
    used = browsers.USE.cte("used")
    return noted.returning(sa.select(sa.func.count()).select_from(used).scalar_subquery().label("browsers_used"))


@cache
def _open(dialect: str) -> Together:
    place = {name: _value(f"{name}_", sessions.c[name].type) for name in ("browser", "address")}
    session = {
        "session_id": _value("session", sa.Uuid),
        "account_id": _ACCOUNT,
        "secret_hash": _value("secret", sessions.c.secret_hash.type),
        "created_at": _NOW,
        "authenticated_at": _NOW,
        "seen_at": _NOW,
        "expires_at": _value("end", Instant),
    }
    act = {"activity_id": _value("entry", sa.Uuid), "account_id": _ACCOUNT, "act": sa.literal(Act.LOGIN), "at": _NOW}
    kept = (sa.insert(sessions).values(session | place), sa.insert(activity).values(act | place))
    return together(dialect, *attempts.SETTLE, *kept)
