"""A job takes the oldest rows that are due: one that cannot be done must not stand before the others for ever.

A batch that fails is tried again in halves, down to the row that fails alone: it is set aside with its tries and the
kind of its error, and comes back after a while (1 minute, 4, 16, then each hour). The others go on meanwhile. It is
logged and counted (`espace_rows_aside_total`): a row that fails is a fault of ours.
"""

import logging
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.metrics import ASIDE
from backbone.store.database import upsert
from backbone.store.due import has_come
from backbone.store.tables import APART

log = logging.getLogger(__name__)

LONGEST = timedelta(hours=1)
# The database itself, not a row: the job waits for it, as for anything that is away.
AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)
# Its answer to what was asked of one row, although the driver counts it among those: it took too long, or the row is
# held. (What ends a deadlock is drawn by lot: no row's fault.)
OF_A_ROW = frozenset(("57014", "55P03"))  # query_canceled, lock_not_available


@dataclass(frozen=True)
class Rows:
    """The rows of one job. `due` reads at most so many that are due, without those set aside; `act` does them, in the
    same transaction, and returns how much it did; `key` is the id of one. `done` is told of them once they are
    committed: what a job remembers of its rows, a cursor or a count, is true from then on and not before."""

    job: str
    due: Callable[[UnitOfWork, int, Collection[UUID]], Sequence[Any]]
    act: Callable[[Sequence[Any], UnitOfWork], int]
    key: Callable[[Any], UUID]
    done: Callable[[Sequence[Any]], None] = lambda _: None


def in_batches(rows: Rows, *, units: Callable[[], UnitOfWork], batch: int) -> int:
    """Do all that is due, at most `batch` in a transaction; how much was done. Rows that change nothing end the run."""
    done, size = 0, batch
    while True:
        taken, count, error = _attempt(rows, units, size)
        if error is None:
            done += count
            rows.done(taken)
            if len(taken) < size or not count:
                return done
            size = min(batch, size * 2)
        elif len(taken) > 1:
            size = len(taken) // 2
        else:
            _set_aside(rows.job, rows.key(taken[0]), error, units)
            size = 1


def without(column: sa.ColumnElement[Any], beside: Collection[UUID]) -> sa.ColumnElement[bool]:
    """The condition of a `due` that leaves out what is set aside; usually there is none."""
    return column.not_in(list(beside)) if beside else sa.true()


def _attempt(rows: Rows, units: Callable[[], UnitOfWork], size: int) -> tuple[Sequence[Any], int, Exception | None]:
    taken: Sequence[Any] = ()
    try:
        with units() as uow:
            known = _known(uow.connection, rows.job)
            taken = rows.due(uow, size, [key for key, again in known.items() if not has_come(again, uow.now, LONGEST)])
            count = rows.act(taken, uow) if taken else 0
            _forget(uow.connection, rows.job, {rows.key(one) for one in taken} & set(known))
            uow.commit()
    except Exception as error:
        if not taken or _away(error):  # nobody's row: the question itself, or the database
            raise
        return taken, 0, error
    return taken, count, None


def _away(error: Exception) -> bool:
    return isinstance(error, AWAY) and getattr(getattr(error, "orig", None), "sqlstate", None) not in OF_A_ROW


def _set_aside(job: str, key: UUID, error: Exception, units: Callable[[], UnitOfWork]) -> None:
    """The kind of the error and where it came from: its words may quote what was to be said."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    reason = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
    with units() as uow:
        table = APART.job_runs
        tries = 1 + (uow.connection.scalar(sa.select(table.c.done).where(table.c.name == _name(job, key))) or 0)
        again = uow.now + min(timedelta(minutes=1) * 4 ** (min(tries, 5) - 1), LONGEST)
        row = {"name": _name(job, key), "started_at": uow.now, "due_at": again, "done": tries, "error": reason}
        upsert(uow.connection, table, [row], key=("name",))
        uow.commit()
    ASIDE.labels(uow.source, job).inc()
    log.error("row set aside", extra={"job": job, "row": str(key), "tries": tries, "error": reason})


def _known(connection: Connection, job: str) -> Mapping[UUID, Any]:
    """When each row of this job that failed comes back. They stand beside the runs of the job itself."""
    table = APART.job_runs
    mine = table.c.name.startswith(_name(job, ""), autoescape=True)
    found = connection.execute(sa.select(table.c.name, table.c.due_at).where(mine))
    return {UUID(row.name.partition(":")[2]): row.due_at for row in found}


def _forget(connection: Connection, job: str, keys: Collection[UUID]) -> None:
    if keys:
        names = [_name(job, key) for key in keys]
        connection.execute(sa.delete(APART.job_runs).where(APART.job_runs.c.name.in_(names)))


def _name(job: str, key: UUID | str) -> str:
    return f"{job}:{key}"
