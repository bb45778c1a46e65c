"""What a service does by the clock. One process at a time runs a job, whoever gets its lock; a missed run is made up.

A job asks the database what is due, so a late start does all that should have been done, in order (FA17).
"""

import logging
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from backbone.clock import Clock
from backbone.ports import Wiring
from backbone.store.database import insert
from backbone.store.due import has_come
from backbone.store.tables import APART

UNFINISHED = timedelta(minutes=1)  # after which a run that did not end is made again, however long the period
log = logging.getLogger(__name__)
_in_process: dict[str, threading.Lock] = {}


@dataclass(frozen=True)
class Job:
    """`run` is called every `every`, and right after a commit that woke `wake`; it returns how much it did.

    `leader`: one process at a time. A job that claims its rows with SKIP LOCKED needs no leader and scales out, to
    other processes and to as many `threads` of each.
    """

    every: timedelta
    run: Callable[..., int]
    wake: str | None = None
    leader: bool = True
    threads: int = 1


class JobRunner:
    """Runs the jobs of one service when they are due."""

    def __init__(self, engine: Engine, clock: Clock, jobs: Mapping[str, Job], wiring: Wiring) -> None:
        self._engine, self._clock = engine, clock
        self._jobs = dict(jobs)
        self._bound = {name: wiring.bind(job.run) for name, job in jobs.items()}
        self._table = APART.job_runs

    def run(self, name: str) -> int:
        """Run `name` now if no other process does; what it did (0 when another one runs it)."""
        job = self._jobs[name]
        if not job.leader:
            return int(self._bound[name]())
        with _leadership(self._engine, name) as leading:
            return self._run(name) if leading else 0

    def run_if_due(self, name: str) -> int:
        """Run `name` if its time has come for the whole service, not for this process alone."""
        with self._engine.connect() as connection, connection.begin():
            due = self._due_at(connection, name)
        if due is not None and not has_come(due, self._clock.now(), self._jobs[name].every):
            return 0
        return self.run(name)

    def _run(self, name: str) -> int:
        """What it did. A run that does not end (an error, a kill) is due again soon: it was not this period's."""
        started, every = self._clock.now(), self._jobs[name].every
        self._note(name, started_at=started, due_at=started + min(every, UNFINISHED))
        done = int(self._bound[name]())
        self._note(name, finished_at=self._clock.now(), done=done, due_at=started + every, error=None)
        return done

    def _due_at(self, connection: Connection, name: str) -> datetime | None:
        return connection.execute(sa.select(self._table.c.due_at).where(self._table.c.name == name)).scalar()

    def _note(self, name: str, **values: Any) -> None:
        with self._engine.begin() as connection:
            statement = insert(connection, self._table).values(name=name, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))


@contextmanager
def _leadership(engine: Engine, name: str) -> Iterator[bool]:
    """Whether this process may run `name`: an advisory lock on PostgreSQL, a lock of the process on SQLite."""
    if engine.dialect.name != "postgresql":
        lock = _in_process.setdefault(f"{engine.url}#{name}", threading.Lock())
        leading = lock.acquire(blocking=False)
        try:
            yield leading
        finally:
            if leading:
                lock.release()
        return
    key = zlib.crc32(name.encode())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        leading = bool(connection.execute(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": key}).scalar())
        try:
            yield leading
        finally:
            if leading:
                connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": key})
