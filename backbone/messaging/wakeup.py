"""Telling a worker that there is something to do, from inside the transaction that made it.

PostgreSQL carries it as NOTIFY (sent at commit, to every process); with SQLite everything is in one process and a
set of events does. A wake-up may be lost or spurious: it shortens a wait, it never carries work (the poll stays).
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Iterable
from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from backbone.store import database_line

CHANNEL = "espace"
PING_EVERY = 10.0  # seconds of silence after which who listens asks whether anybody is there
log = logging.getLogger(__name__)
_local: dict[str, dict[str, list[threading.Event]]] = defaultdict(lambda: defaultdict(list))


def notify(connection: Connection, names: Iterable[str]) -> None:
    """Before the commit: wake whoever waits for `names`, once it is committed (PostgreSQL)."""
    if connection.dialect.name == "postgresql":
        for name in sorted(set(names)):
            connection.execute(sa.text("SELECT pg_notify(:channel, :name)"), {"channel": CHANNEL, "name": name})


def notify_local(engine: Engine, names: Iterable[str]) -> None:
    """After the commit: wake the threads of this process (SQLite)."""
    waiting = _local[str(engine.url)]
    for name in set(names):
        for event in list(waiting[name]):
            event.set()


class Wakeups:
    """What one worker process waits for. `event(name)` is set when `name` was notified; the waiter clears it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._events: dict[str, threading.Event] = {}
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def event(self, name: str) -> threading.Event:
        """The event to wait on for `name`; ask for it before `start`."""
        if name not in self._events:
            self._events[name] = threading.Event()
            _local[str(self._engine.url)][name].append(self._events[name])
        return self._events[name]

    def start(self) -> None:
        """Listen, on PostgreSQL, in a thread with a connection of its own."""
        if self._engine.dialect.name == "postgresql":
            self._thread = threading.Thread(target=self._listen, name="wakeups", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop listening and wake every waiter."""
        self._stop.set()
        for name, event in self._events.items():
            event.set()
            _local[str(self._engine.url)][name].remove(event)
        if self._thread:
            self._thread.join(5)

    def _listen(self) -> None:
        import psycopg

        while not self._stop.is_set():
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._wake_all()  # what was notified while we were away
                    self._hear(connection)
            except psycopg.Error:
                self._stop.wait(1.0)  # the polls go on; the database may come back

    def _connect(self) -> database_line.DatabaseLine:
        url = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        limits = database_line.of_the_kernel(PING_EVERY)
        return database_line.connect(url, autocommit=True, limit=database_line.PING_SECONDS, **limits)

    def _hear(self, connection: Any) -> None:
        """Until stopped. A line that died without a word is silent as one on which nothing happens: so it is asked."""
        asked = monotonic()
        while not self._stop.is_set():
            for notification in connection.notifies(timeout=0.5, stop_after=1):
                if notification.payload in self._events:
                    self._events[notification.payload].set()
            if monotonic() - asked >= PING_EVERY:
                connection.execute("SELECT 1")
                asked = monotonic()

    def _wake_all(self) -> None:
        for event in self._events.values():
            event.set()
