"""The time of a service is its database's: every process on it judges alike, whatever the date of its machine.

It is read on a connection that is being taken anyway, every few seconds; in between the process counts the seconds by
itself (decision 26). So a judgement costs no question, and two processes differ by milliseconds.
"""

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from backbone.clock import Clock, SystemClock

EVERY = 5.0  # seconds after which the next connection that is taken asks the time again
LONGEST = 60.0  # seconds after which whoever wants the time asks for it
SLOW = 1.0  # a question that took longer says the time too roughly
STEP = 1.0  # the machine's date jumped when it went on by so much more than the seconds that were counted


class Reading(NamedTuple):
    """What the database said, and what was counted here and what the machine's date was at that moment."""

    said: datetime
    counted: float
    machine: datetime

    def age(self) -> float:
        """The seconds that were counted since."""
        return monotonic() - self.counted

    def now(self) -> datetime:
        """The database's time now."""
        return self.said + timedelta(seconds=self.age())

    def stands(self, machine: datetime, longest: float) -> bool:
        """Whether it may be counted on from: it is younger than `longest`, and the machine's date has not jumped,
        which it does after a sleep that the count of seconds may not know of."""
        age = self.age()
        return age < longest and abs((machine - self.machine).total_seconds() - age) < STEP


class DatabaseClock:
    """The database's clock once it follows one that has its own (PostgreSQL); the machine's until then, and where the
    database is a file of this machine."""

    def __init__(self) -> None:
        self._machine: Clock = SystemClock()
        self._engine: Engine | None = None
        self._reading: Reading | None = None
        self._failed = float("-inf")

    def follow(self, engine: Engine) -> None:
        """Read the time on connections of `engine` from now on."""
        if self._engine is not None or engine.dialect.name != "postgresql":
            return
        self._engine = engine

        @sa.event.listens_for(engine, "checkout")
        def read(connection: Any, record: Any, _proxy: Any) -> None:
            if self._reading is not None and self._reading.stands(self._machine.now(), EVERY):
                return
            try:
                self._read(connection)
            except Exception as error:
                if "idle_since" in record.info:  # a dead connection: the pool starts again with fresh ones
                    raise sa.exc.InvalidatePoolError from error
                raise  # a fresh one: the database is away, and SQLAlchemy says so (OperationalError)

    def now(self) -> datetime:
        """The current instant, aware, in UTC. It asks the database when nothing was read lately, and goes on counting
        while that is away; SQLAlchemyError when nothing was ever read."""
        if self._engine is None:
            return self._machine.now()
        if self._reading is None or not self._reading.stands(self._machine.now(), LONGEST):
            self._ask(self._engine)
        assert self._reading is not None  # or it raised
        return self._reading.now()

    def skew(self) -> float | None:
        """The seconds by which the machine's clock is ahead of the database's; None when there is no other clock, or
        nothing was read yet."""
        if self._reading is None:
            return None
        return (self._machine.now() - self._reading.now()).total_seconds()

    def _ask(self, engine: Engine) -> None:
        if self._reading is not None and monotonic() - self._failed < EVERY:
            return
        try:
            engine.connect().close()
        except sa.exc.SQLAlchemyError:
            self._failed = monotonic()
            if self._reading is None:
                raise

    def _read(self, connection: Any) -> None:
        before = monotonic()
        said = _said(connection)
        took = monotonic() - before
        if took > SLOW and self._reading is not None and self._reading.age() < LONGEST:
            return
        half = timedelta(seconds=took / 2)
        self._reading = Reading(said, before + took / 2, self._machine.now() - half)


def _said(connection: Any) -> datetime:
    """The database's time, asked outside of a transaction as SQLAlchemy's ping does."""
    before = connection.autocommit
    connection.autocommit = True
    try:
        said: datetime = connection.execute("SELECT clock_timestamp()").fetchone()[0]
        return said.astimezone(UTC)
    finally:
        if not connection.closed:
            connection.autocommit = before
