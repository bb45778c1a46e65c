"""The browsers that an account was logged in with: a digest of the token that each carries, and its last use."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import Instant, insert
from contracts.words.acts import Act
from services.identity.domain.whereabouts import Where
from services.identity.storage.tables import activity, browsers

# It is used again, by an account that was logged in with it before; no row when it was not.
USE = (
    sa.update(browsers)
    .where(browsers.c.account_id == sa.bindparam("account", type_=sa.Uuid))
    .where(browsers.c.browser_hash == sa.bindparam("carried", type_=browsers.c.browser_hash.type))
    .values(last_used_at=sa.bindparam("now", type_=Instant))
    .returning(browsers.c.browser_hash)
)


def add(connection: Connection, account_id: UUID, browser_hash: str, now: datetime) -> None:
    """Keep one more browser of this account, once: who presses twice may be asked for it twice."""
    row = {"account_id": account_id, "browser_hash": browser_hash, "first_used_at": now, "last_used_at": now}
    connection.execute(insert(connection, browsers).values(**row).on_conflict_do_nothing())


def logins(connection: Connection, account_id: UUID, where: Where, since: datetime, *, beside: UUID) -> Any:
    """(any, here): whether the account was logged in since then, `beside` this very act, and whether from this
    browser's words and network."""
    his = (activity.c.account_id == account_id, activity.c.activity_id != beside)
    mine = (*his, activity.c.act == Act.LOGIN, activity.c.at >= since)
    here = (activity.c.browser == where.browser, activity.c.address == where.address)
    return connection.execute(sa.select(sa.exists().where(*mine), sa.exists().where(*mine, *here))).one()


def purge(connection: Connection, before: datetime) -> int:
    """Forget those that were not used since; how many."""
    return connection.execute(sa.delete(browsers).where(browsers.c.last_used_at < before)).rowcount
