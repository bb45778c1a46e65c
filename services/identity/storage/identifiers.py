"""Changes of address: both links known by their SHA-256, one change open per account, each step one UPDATE (C4, T5).

Who proves or invites an address claims it first (`accounts.claim`, `accounts.reserve`) and comes here then.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.identity.domain.identifier import Change, Ended
from services.identity.storage.tables import identifier_changes as table

OPEN = table.c.ended_at.is_(None)
WAITING = sa.and_(OPEN, table.c.proved_at.is_(None))
COLUMNS = [table.c[name] for name in Change.__dataclass_fields__]


def add(connection: Connection, change: Change, links: Mapping[str, str], held_key: str) -> None:
    """Keep a change that begins; `links`: the digests of its two tokens."""
    connection.execute(sa.insert(table).values({**vars(change), **links, "held_key": held_key}))


def open_of(connection: Connection, account_id: UUID) -> Change | None:
    """The change of an account that is not over."""
    return _one(connection, OPEN, table.c.account_id == account_id)


def to_prove(connection: Connection, token_hash: str, now: datetime) -> Change | None:
    """The change that the link sent to the new address proves, while it can."""
    found = _one(connection, WAITING, table.c.activation_hash == token_hash)
    return found if found and found.can_be_proved(now) else None


def to_undo(connection: Connection, token_hash: str, now: datetime) -> Change | None:
    """The change that the link sent to the former address undoes, while it can."""
    found = _one(connection, OPEN, table.c.undo_hash == token_hash)
    return found if found and found.can_be_undone(now) else None


def prove(connection: Connection, change: Change, held_key: str, now: datetime) -> bool:
    """The new address is proved, the former one is held from now on; False when another was first."""
    mine = sa.and_(WAITING, table.c.change_id == change.change_id)
    return connection.execute(sa.update(table).where(mine).values(proved_at=now, held_key=held_key)).rowcount == 1


def end(connection: Connection, change: Change, by: Ended, now: datetime) -> bool:
    """The change is over and holds no address any more; False when another was first."""
    mine = sa.and_(OPEN, table.c.change_id == change.change_id)
    return connection.execute(sa.update(table).where(mine).values(ended_at=now, ended_by=by)).rowcount == 1


def take(connection: Connection, email_keys: Iterable[str], now: datetime) -> int:
    """These addresses are somebody's now: whoever merely wanted one does so no longer; how many changes ended.

    Their accounts are not touched: whoever comes here holds other accounts (`taken` says whom to give back).
    """
    keys = list(email_keys)
    wanted = sa.and_(WAITING, table.c.held_key.in_(keys))
    return connection.execute(sa.update(table).where(wanted).values(ended_at=now, ended_by=Ended.TAKEN)).rowcount


def taken(connection: Connection) -> list[Change]:
    """Changes that `take` ended and whose accounts still wait to be given back."""
    query = sa.select(*COLUMNS).where(table.c.ended_by == Ended.TAKEN).order_by(table.c.ended_at)
    return [Change(*row) for row in connection.execute(query)]


def given_back(connection: Connection, change: Change) -> bool:
    """From now on it is a change that lapsed, like any; False when another was first."""
    mine = sa.and_(table.c.change_id == change.change_id, table.c.ended_by == Ended.TAKEN)
    return connection.execute(sa.update(table).where(mine).values(ended_by=Ended.LAPSED)).rowcount == 1


def lapsed(connection: Connection, now: datetime) -> list[Change]:
    """Changes whose link was never used in its time, the oldest first."""
    due = sa.and_(WAITING, table.c.activation_expires_at <= now)
    query = sa.select(*COLUMNS).where(due).order_by(table.c.activation_expires_at)
    return [Change(*row) for row in connection.execute(query)]


def settle(connection: Connection, now: datetime) -> int:
    """Proved changes that nobody undid in time hold the former address no longer; how many."""
    due = sa.and_(OPEN, table.c.proved_at.is_not(None), table.c.undo_expires_at <= now)
    return connection.execute(sa.update(table).where(due).values(ended_at=now, ended_by=Ended.SETTLED)).rowcount


def _one(connection: Connection, *conditions: Any) -> Change | None:
    row = connection.execute(sa.select(*COLUMNS).where(*conditions)).first()
    return Change(*row) if row else None
