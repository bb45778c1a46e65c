"""Epochs: how often an owner has said its whole state again, after its database was put back to an earlier day.

Its sequences begin again where the copy was, below what others hold. So events are ordered by (epoch, sequence), and
who announces raises the epoch first. A service keeps its own, and of each owner the last that it heard to the end:
what comes later from before that is of a state the owner does not know any more.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from backbone.store.tables import APART

OWN = "self"
VERSION = ("epoch", "sequence")


def table() -> sa.Table:
    """The epochs, apart from any service's metadata."""
    return APART.epochs


def own_column() -> sa.ScalarSelect[Any]:
    """This service's own epoch, as a column of a query; null when it never announced."""
    return _of(OWN).scalar_subquery()


def own(connection: Connection) -> int:
    """This service's own epoch; 0 when it never announced."""
    return int(connection.execute(_of(OWN)).scalar() or 0)


def raised(connection: Connection, now: datetime) -> int:
    """A new epoch of this service, above every one it ever had: those a restored copy forgot were seconds of the
    database's clock too."""
    hold(connection, OWN, alone=True)
    epoch = max(int(now.timestamp()), own(connection) + 1)
    _keep(connection, OWN, epoch)
    return epoch


def heard(connection: Connection, owner: str) -> int:
    """The last epoch that `owner` was heard to the end of. It stays so until this transaction is over."""
    hold(connection, owner)
    return int(connection.execute(_of(owner)).scalar() or 0)


def hear(connection: Connection, owner: str, epoch: int) -> bool:
    """`owner` said everything in `epoch`. False when a later one was heard already. Who writes a projection of it
    meanwhile is waited for, and sees it afterwards."""
    hold(connection, owner, alone=True)
    newer = int(connection.execute(_of(owner)).scalar() or 0) < epoch
    if newer:
        _keep(connection, owner, epoch)
    return newer


def hold(connection: Connection, owner: str, *, alone: bool = False) -> None:
    """Hold the epoch of `owner`, with others or alone: an advisory lock on PostgreSQL; SQLite writes one at a time."""
    if connection.dialect.name == "postgresql":
        lock = sa.func.pg_advisory_xact_lock if alone else sa.func.pg_advisory_xact_lock_shared
        connection.execute(sa.select(lock(int.from_bytes(sha256(f"epoch {owner}".encode()).digest()[:7]))))


def _of(owner: str) -> sa.Select[Any]:
    return sa.select(table().c.epoch).where(table().c.owner == owner)


def _keep(connection: Connection, owner: str, epoch: int) -> None:
    statement = insert(connection, table()).values(owner=owner, epoch=epoch)
    connection.execute(statement.on_conflict_do_update(index_elements=["owner"], set_={"epoch": epoch}))
