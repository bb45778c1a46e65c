"""What counts an attempt at a password before it is looked at, and forgets it when it was right (C6).

Everybody who logs in waits for these statements: each is built once, and they are few (decision 67).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from backbone.store.database import Instant
from backbone.store.together import Together, send, together
from contracts.rules.windows import Window, wait_after
from services.identity.domain.throttle import Attempt, Throttle
from services.identity.storage.accounts import COLUMNS, Credential, account_of
from services.identity.storage.tables import HASH, accounts, hits, throttles

Counted = Sequence[tuple[str, Window]]
_TRUE = sa.literal_column("1") == sa.literal_column("1")  # SQLite wants a WHERE between a SELECT and ON CONFLICT


def hold(connection: Connection, address_key: str, name_key: str) -> Throttle:
    """The state of the login name, whose row this transaction now holds, after that of the client address."""
    rows = connection.execute(_hold(connection.dialect.name), {"first": address_key, "then": name_key})
    (state,) = [one for key, *one in rows if key == name_key]
    return Throttle(*state)


def look(
    connection: Connection, counted: Counted, email_key: str, now: datetime
) -> tuple[list[timedelta], Credential | None]:
    """How long each of `counted` (key and window) has to wait, zero when one more is allowed now; and what proves the
    owner of the address, asked in the same statement whether there is one or not. The keys are held (`hold`)."""
    known: dict[str, Any] = {"email_key_": email_key}
    for number, (key, window) in enumerate(counted):
        known |= {f"key_{number}": key, f"since_{number}": now - window.length}
    row = connection.execute(_look(tuple(window.at_most for _, window in counted)), known).one()
    pauses = [wait_after(window, hit, now) for (_, window), hit in zip(counted, row, strict=False)]
    return pauses, Credential(account_of(row), row.password_hash) if row.account_id else None


def keep(connection: Connection, counted: Sequence[tuple[UUID, str]], name_key: str, state: Throttle) -> None:
    """Count one more of each of `counted` (hit and key), and keep the new state of the login name, which is held."""
    known: dict[str, Any] = {"name": name_key, "failures_": state.failures}
    known |= {"last_at_": state.last_at, "locked_until_": state.locked_until}
    for number, (hit, key) in enumerate(counted):
        known |= {f"hit_{number}": hit, f"key_{number}": key}
    send(connection, _keep(connection.dialect.name, len(counted)), known)


def settle(connection: Connection, name_key: str, attempt: Attempt) -> None:
    """The attempt was right: its hits were no failures, and failures in a row start again from none."""
    send(connection, _settle(connection.dialect.name), settled(name_key, attempt))


def settled(name_key: str, attempt: Attempt) -> dict[str, Any]:
    """The parameters of `SETTLE`."""
    return {"name": name_key, "of_name": attempt.of_name, "of_address": attempt.of_address}


def _value(name: str, type_: Any) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=type_)


_MINE = throttles.c.key == _value("name", HASH)
# Nobody else's row is touched by either, and what is not there has nothing to forget.
SETTLE = (
    sa.update(throttles).where(_MINE).values(failures=0, last_at=sa.null(), locked_until=sa.null()),
    sa.delete(hits).where(hits.c.hit_id.in_([_value("of_name", sa.Uuid), _value("of_address", sa.Uuid)])),
)


@cache
def _settle(dialect: str) -> Together:
    return together(dialect, *SETTLE)


@cache
def _hold(dialect: str) -> Any:
    # Each row is locked in its turn, by every attempt in the same order.
    both = [sa.select(_value(name, HASH), sa.literal_column("0")).where(_TRUE) for name in ("first", "then")]
    made = (sqlite if dialect == "sqlite" else postgresql).insert(throttles)
    made = made.from_select(["key", "failures"], sa.union_all(*both))
    held = made.on_conflict_do_update(index_elements=["key"], set_={"key": made.excluded.key})
    return held.returning(throttles.c.key, throttles.c.failures, throttles.c.last_at, throttles.c.locked_until)


@cache
def _look(at_most: tuple[int, ...]) -> sa.Select[Any]:
    newest = []
    for number, most in enumerate(at_most):
        mine = (hits.c.key == _value(f"key_{number}", HASH), hits.c.at > _value(f"since_{number}", Instant))
        one = sa.select(hits.c.at).where(*mine).order_by(hits.c.at.desc()).limit(1).offset(most - 1)
        newest.append(one.scalar_subquery().label(f"newest_{number}"))
    nobody = sa.select(sa.literal_column("1").label("one")).subquery()
    his = accounts.c.email_key == _value("email_key_", accounts.c.email_key.type)
    return sa.select(*newest, *COLUMNS, accounts.c.password_hash).select_from(nobody.outerjoin(accounts, his))


@cache
def _keep(dialect: str, count: int) -> Together:
    rows = [
        sa.select(_value(f"hit_{number}", sa.Uuid), _value(f"key_{number}", HASH), _value("last_at_", Instant))
        for number in range(count)
    ]
    state = {"failures": _value("failures_", sa.Integer)}
    state |= {name: _value(f"{name}_", Instant) for name in ("last_at", "locked_until")}
    counted = sa.insert(hits).from_select(["hit_id", "key", "at"], sa.union_all(*rows))
    return together(dialect, sa.update(throttles).where(_MINE).values(state), counted)
