"""Changes of address: both links known by their SHA-256, one change open per account, each step one UPDATE (C4, T5).

Who proves or invites an address claims it first (`accounts.claim`, `accounts.reserve`) and comes here then.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.shape.aside import without
from services.identity.domain.address import fold
from services.identity.domain.identifier import Change, Ended
from services.identity.domain.link import Purpose
from services.identity.storage.links import KEPT
from services.identity.storage.tables import accounts, sessions
from services.identity.storage.tables import identifier_changes as table

OPEN = table.c.ended_at.is_(None)
WAITING = KEPT[Purpose.IDENTIFIER].going
TAKEN = table.c.ended_by == Ended.TAKEN
UNDOABLE = KEPT[Purpose.UNDO].going
COLUMNS = [table.c[name] for name in Change.__dataclass_fields__]


def add(connection: Connection, change: Change, links: Mapping[str, str], held_key: str) -> None:
    """Keep a change that begins; `links`: the digests of its two tokens."""
    connection.execute(sa.insert(table).values({**vars(change), **links, "held_key": held_key}))


def open_of(connection: Connection, account_id: UUID) -> Change | None:
    """The change of an account that is not over."""
    return _one(connection, OPEN, table.c.account_id == account_id)


def to_prove(connection: Connection, token_hash: str, now: datetime) -> Change | None:
    """The change that the link sent to the new address proves, while it can."""
    found = _one(connection, WAITING, KEPT[Purpose.IDENTIFIER].find(token_hash))
    return found if found and found.can_be_proved(now) else None


def to_undo(connection: Connection, token_hash: str, now: datetime) -> Change | None:
    """The change that the link sent to the former address undoes: for its whole time, whatever became of the change.

    None once its account has another address than the former one by a later change, whose own link undoes that.
    """
    query = sa.select(*COLUMNS, OPEN, accounts.c.email_key).join(accounts, accounts.c.account_id == table.c.account_id)
    row = connection.execute(query.where(UNDOABLE, KEPT[Purpose.UNDO].find(token_hash))).first()
    if row is None:
        return None
    *values, still_open, email_key = row
    found = Change(*values)
    reaches = still_open or email_key == fold(found.old_email)
    return found if reaches and found.can_be_undone(now) else None


def left_by(connection: Connection, account_id: UUID, now: datetime) -> str | None:
    """The address that an account left by a proved change and that may still take it back; None else."""
    change = open_of(connection, account_id)
    return change.old_email if change and change.proved_at and change.can_be_undone(now) else None


def asked_by(connection: Connection, secret_hash: str, email_key: str) -> bool:
    """Whether a change to that address was asked for by the session of this secret, which it ended."""
    mine = (sessions.c.account_id == table.c.account_id, sessions.c.ended_at == table.c.requested_at)
    query = sa.select(table.c.new_email).join(sessions, sa.and_(*mine)).where(sessions.c.secret_hash == secret_hash)
    return email_key in map(fold, connection.execute(query).scalars())


def prove(connection: Connection, change: Change, held_key: str, now: datetime) -> bool:
    """The new address is proved, the former one is held from now on; False when another was first."""
    mine = sa.and_(WAITING, table.c.change_id == change.change_id)
    return connection.execute(sa.update(table).where(mine).values(proved_at=now, held_key=held_key)).rowcount == 1


def lapse(connection: Connection, change: Change, now: datetime) -> bool:
    """The change is over, if it waits for its proof still; False when it was proved, undone or ended first."""
    mine = sa.and_(WAITING, table.c.change_id == change.change_id)
    return connection.execute(sa.update(table).where(mine).values(ended_at=now, ended_by=Ended.LAPSED)).rowcount == 1


def undo(connection: Connection, change: Change, now: datetime, *, moves: bool) -> bool:
    """The change is undone and holds no address any more, and so are the others of its account that are open or still
    have to give it back. `moves`: it has to bring the former address back, which an open one alone may. False when
    another was first."""
    mine = sa.and_(OPEN if moves else UNDOABLE, table.c.change_id == change.change_id)
    undone = sa.update(table).values(ended_at=now, ended_by=Ended.UNDONE)
    if connection.execute(undone.where(mine)).rowcount != 1:
        return False
    connection.execute(undone.where(table.c.account_id == change.account_id, sa.or_(OPEN, TAKEN)))
    return True


def take(connection: Connection, email_keys: Iterable[str], now: datetime) -> int:
    """These addresses are somebody's now: whoever merely wanted one does so no longer; how many changes ended.

    Their accounts are not touched: whoever comes here holds other accounts (`taken` says whom to give back).
    """
    keys = list(email_keys)
    wanted = sa.and_(WAITING, table.c.held_key.in_(keys))
    return connection.execute(sa.update(table).where(wanted).values(ended_at=now, ended_by=Ended.TAKEN)).rowcount


def given_back(connection: Connection, change: Change) -> bool:
    """From now on it is a change that lapsed, like any; False when another was first."""
    mine = sa.and_(table.c.change_id == change.change_id, TAKEN)
    return connection.execute(sa.update(table).where(mine).values(ended_by=Ended.LAPSED)).rowcount == 1


def lapsed(connection: Connection, now: datetime, limit: int, beside: Collection[UUID]) -> list[Change]:
    """Changes whose link was never used in its time, and those that `take` ended and whose accounts still wait to be
    given back; the oldest first, without those set aside."""
    due = sa.or_(sa.and_(WAITING, table.c.activation_expires_at <= now), TAKEN)
    query = sa.select(*COLUMNS).where(due, without(table.c.change_id, beside))
    oldest = query.order_by(table.c.activation_expires_at, table.c.change_id).limit(limit)
    return [Change(*row) for row in connection.execute(oldest)]


def settle(connection: Connection, now: datetime) -> int:
    """Proved changes that nobody undid in time hold the former address no longer; how many."""
    due = sa.and_(OPEN, table.c.proved_at.is_not(None), table.c.undo_expires_at <= now)
    return connection.execute(sa.update(table).where(due).values(ended_at=now, ended_by=Ended.SETTLED)).rowcount


def _one(connection: Connection, *conditions: Any) -> Change | None:
    row = connection.execute(sa.select(*COLUMNS).where(*conditions)).first()
    return Change(*row) if row else None
