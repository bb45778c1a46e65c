"""What people use by their rights, by day: each once, however many processes see it, and told to who keeps the rights
(docs/decisions/0064).

A use is a person, a tenant, a code and a day in Paris. What this process has counted is in its memory, so a request
costs nothing more than the first of its day; the table says whether another process was first.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from threading import Lock
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.store.database import insert

log = logging.getLogger(__name__)
REMEMBERED = 20_000  # persons, each with a place and a code: some 4 MB
KEPT = timedelta(days=2)  # a use is of the day it is made on; clocks that cross midnight differ by minutes


class Told:
    """Who was told to have used what, on which day."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._days: OrderedDict[tuple[UUID, str], date] = OrderedDict()
        self._most, self._lock = most, Lock()

    def news(self, who: UUID, codes: Iterable[str], day: date) -> list[str]:
        """Those of `codes` that were not told of `who` that day; from now on they are."""
        with self._lock:
            found = [code for code in codes if self._days.get((who, code)) != day]
            for code in found:
                self._days[who, code] = day
                self._days.move_to_end((who, code))
            while len(self._days) > self._most:
                self._days.popitem(last=False)
        return found


def use_table(metadata: sa.MetaData) -> sa.Table:
    """The uses that were told: a service that tells some has this table."""
    return sa.Table(
        "rights_use",
        metadata,
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("tenant_id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.String(40), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Index("rights_use_by_day", "day"),
    )


_table = use_table(sa.MetaData())


def first(connection: Connection, account_id: UUID, tenant_id: UUID, codes: Collection[str], day: date) -> list[str]:
    """Those of `codes` that were not used so on `day`; from this transaction on they were. Of two at once the second
    waits for the first."""
    place = {"account_id": account_id, "tenant_id": tenant_id, "day": day}
    rows = [{**place, "code": code} for code in sorted(set(codes))]
    if not rows:
        return []
    new = insert(connection, _table).values(rows).on_conflict_do_nothing().returning(_table.c.code)
    return sorted(connection.scalars(new))


def forget_uses(*, units: Callable[[], UnitOfWork]) -> int:
    """Forget the uses of days that are over: nobody uses anything on them any more. How many."""
    with units() as uow:
        over = sa.delete(_table).where(_table.c.day < paris_day(uow.now - KEPT))
        count = uow.connection.execute(over).rowcount
        uow.commit()
    return count
