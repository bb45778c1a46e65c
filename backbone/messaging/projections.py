"""What a service keeps of another's aggregates: one row each, the newest state, and never one of before a restore.

Every projection of the system is one of these, so that each knows its owner: when the owner says its whole state again
(`announcing.py`), what it did not say is over here too.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store import epochs
from backbone.store.database import CHUNK, upsert_newer

security = logging.getLogger("security")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Projection:
    """The rows of `table`, by `key`: the aggregates that `owner` counts as `kind` when it says them all again, each by
    one event of the type `stated`. They carry `epoch` and `sequence` (`Event.order`).

    `fixed`: the columns that say whose a row is. No event moves it to another; only its owner does, in a new epoch.
    """

    owner: str
    kind: str
    table: sa.Table
    key: str
    fixed: tuple[str, ...] = ()
    stated: str | None = None

    def keep(self, connection: Connection, rows: Sequence[Row]) -> int:
        """Write the newest of `rows`, in one statement; how many were touched. What its owner does not know any more
        is left out, and what claims another's row is one security line."""
        current = self.current(connection, rows)
        touched = upsert_newer(connection, self.table, current, key=(self.key,), fixed=self.fixed)
        if self.fixed and touched < len(current):
            self._tell_claims(connection, current)
        return touched

    def current(self, connection: Connection, rows: Sequence[Row]) -> list[Row]:
        """Those of `rows` (with `epoch`) that the owner said since it last said everything. It cannot say everything
        again before this transaction is over."""
        floor = epochs.heard(connection, self.owner) if rows else 0
        return [row for row in rows if row["epoch"] >= floor]

    def said(self, connection: Connection, epoch: int) -> int:
        """How many rows were said in `epoch` or later."""
        query = sa.select(sa.func.count()).select_from(self.table).where(self.table.c.epoch >= epoch)
        return int(connection.execute(query).scalar_one())

    def unsaid(self, epoch: int) -> sa.ColumnElement[bool]:
        """The rows that the owner did not say in `epoch`: it does not know them."""
        return self.table.c.epoch < epoch

    def forget(self, connection: Connection, epoch: int) -> int:
        """Delete the rows that were not said in `epoch`; how many."""
        return connection.execute(sa.delete(self.table).where(self.unsaid(epoch))).rowcount

    def end(self, connection: Connection, epoch: int, *conditions: sa.ColumnElement[bool], **values: Any) -> list[Any]:
        """Set `values` on those that were not said in `epoch`; their keys. A state said in that epoch which comes
        later still wins."""
        over = sa.update(self.table).where(self.unsaid(epoch), *conditions)
        ended = over.values(epoch=epoch, sequence=0, **values).returning(self.table.c[self.key])
        return sorted(connection.execute(ended).scalars())

    def _tell_claims(self, connection: Connection, rows: Sequence[Row]) -> None:
        columns = [self.table.c[name] for name in (self.key, *self.fixed)]
        for at in range(0, len(rows), CHUNK):
            some = {row[self.key]: row for row in rows[at : at + CHUNK]}
            for held in connection.execute(sa.select(*columns).where(columns[0].in_(list(some)))).mappings():
                if any(held[name] != some[held[self.key]][name] for name in self.fixed):
                    details = {"table": self.table.name, "row": str(held[self.key]), "owner": self.owner}
                    security.warning("row_claimed", extra=details)
