"""What a login changes, in statements that are built once and are few: everybody waits for them (decision 67)."""

from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from backbone.store.database import Instant
from backbone.store.together import send, together
from contracts.words.acts import Act
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.session import Session
from services.identity.domain.throttle import Attempt
from services.identity.domain.whereabouts import Where
from services.identity.storage import attempts, browsers
from services.identity.storage.tables import accounts, activity, sessions


class Proof(NamedTuple):
    """What a login was proved with: the hash `known`, in place of which `fresh` is kept if it was made with older
    settings, from the browser whose token has the hash `carried`; the attempt does not count."""

    known: str
    fresh: str | None
    carried: str | None
    name_key: str
    attempt: Attempt


class Noted(NamedTuple):
    """A login that was kept: `row` says who it is and when he logged in before, `browser_known` whether that was with
    this browser too, `entry` which of the acts of his account it is."""

    row: Any
    browser_known: bool
    entry: UUID


def open_(connection: Connection, session: Session, secret_hash: str, place: Where, proof: Proof) -> Noted | None:
    """Keep a login: its session, opened from `place`, and the act for the « Activité du compte » of its owner, whose
    account is held until the end. None when it may not log in, or its password is not that one any more: the caller
    gives up the whole transaction then."""
    entry = new_id()
    known = {
        **attempts.settled(proof.name_key, proof.attempt),
        "known": proof.known,
        "fresh": proof.fresh,
        "carried": proof.carried,
        "session": session.session_id,
        "account": session.account_id,
        "secret": secret_hash,
        "now": session.authenticated_at,
        "end": session.expires_at,
        "browser_": place.browser,
        "address_": place.address,
        "entry": entry,
    }
    if connection.dialect.name == "postgresql":
        row = connection.execute(_at_once(), known).first()
        return Noted(row, row.browsers_used == 1, entry) if row else None
    row = connection.execute(_NOTE, known).first()
    if row is None:
        return None
    used = proof.carried is not None and connection.execute(browsers.USE, known).first() is not None
    send(connection, _KEPT, known)
    return Noted(row, used, entry)


def _value(name: str, type_: Any) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=type_)


_ACCOUNT, _NOW = _value("account", sa.Uuid), _value("now", Instant)


_PLACE = {name: _value(f"{name}_", sessions.c[name].type) for name in ("browser", "address")}
_HASH = accounts.c.password_hash
_NOTE = (
    sa.update(accounts)
    .where(accounts.c.account_id == _ACCOUNT, accounts.c.status == Status.ACTIF, _HASH == _value("known", _HASH.type))
    .values(previous_login_at=accounts.c.last_login_at, last_login_at=_NOW)
    .values(password_hash=sa.func.coalesce(_value("fresh", _HASH.type), _HASH))
    .returning(*(accounts.c[name] for name in ("account_id", "email", "nom", "prenom", "previous_login_at")))
)
_SESSION = {
    "session_id": _value("session", sa.Uuid),
    "account_id": _ACCOUNT,
    "secret_hash": _value("secret", sessions.c.secret_hash.type),
    "created_at": _NOW,
    "authenticated_at": _NOW,
    "seen_at": _NOW,
    "expires_at": _value("end", Instant),
}
_ACT = {"activity_id": _value("entry", sa.Uuid), "account_id": _ACCOUNT, "act": sa.literal(Act.LOGIN), "at": _NOW}
_KEPT = (*attempts.SETTLE, sa.insert(sessions).values(_SESSION | _PLACE), sa.insert(activity).values(_ACT | _PLACE))


@cache
def _at_once() -> Any:
    """All of it in one statement. What belongs to a login that is refused is undone with the rest."""
    used = browsers.USE.cte("used")
    noted = _NOTE.returning(sa.select(sa.func.count()).select_from(used).scalar_subquery().label("browsers_used"))
    (statement,) = together("postgresql", *_KEPT, noted)
    return statement
