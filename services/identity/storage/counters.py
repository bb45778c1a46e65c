"""Counters that hold under parallel requests: the row of a key is locked first, so who counts, counts alone (C5, C6).

Keys are digests: what somebody typed as an address may be anything, even a password.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from backbone.secrets import digest
from backbone.store.database import insert
from contracts.rules.windows import Window, longest, wait
from services.identity.domain.throttle import Throttle
from services.identity.storage.tables import hits, throttles


def key_of(kind: str, value: str) -> str:
    """The key of one counter: `kind` keeps the purposes apart."""
    return digest(f"{kind}:{value}")


def lock(connection: Connection, key: str) -> Throttle:
    """The state of `key`, whose row this transaction now holds."""
    statement = insert(connection, throttles).values(key=key, failures=0)
    statement = statement.on_conflict_do_update(index_elements=["key"], set_={"key": statement.excluded.key})
    row = connection.execute(
        statement.returning(throttles.c.failures, throttles.c.last_at, throttles.c.locked_until)
    ).one()
    return Throttle(row.failures, row.last_at, row.locked_until)


def count(connection: Connection, kind: str, value: str, windows: Sequence[Window], now: datetime) -> timedelta:
    """Count one more `kind` of `value` if every window allows it: zero, or how long to wait."""
    key = key_of(kind, value)
    lock(connection, key)
    since = now - longest(windows)
    newest = max(window.at_most for window in windows)
    query = sa.select(hits.c.at).where(hits.c.key == key, hits.c.at > since).order_by(hits.c.at.desc()).limit(newest)
    pause = wait(windows, list(connection.execute(query).scalars()), now)
    if not pause:
        connection.execute(sa.insert(hits).values(hit_id=new_id(), key=key, at=now))
    return pause


def forget(connection: Connection, key: str) -> None:
    """Free `key` of everything that was counted."""
    connection.execute(sa.delete(hits).where(hits.c.key == key))
    connection.execute(sa.delete(throttles).where(throttles.c.key == key))


def purge(connection: Connection, before: datetime) -> int:
    """Delete what no window looks at any more."""
    old = connection.execute(sa.delete(hits).where(hits.c.at < before)).rowcount
    idle = sa.or_(throttles.c.last_at.is_(None), throttles.c.last_at < before)
    unused = ~sa.exists().where(hits.c.key == throttles.c.key)
    return old + connection.execute(sa.delete(throttles).where(idle, unused)).rowcount
