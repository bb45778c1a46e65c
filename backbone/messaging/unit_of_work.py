"""One transaction: what a use case, a listener or a job changes and the events it records, all or nothing.

Rolling back is the default: leaving without `commit()` undoes everything. One unit per request or batch, never shared.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from sqlalchemy.engine import Connection, Engine

from backbone.clock import Clock
from backbone.events.cards import EventCard
from backbone.events.context import current_trace
from backbone.events.envelope import body_of, headers_of
from backbone.events.lanes import Lane, current_lane
from backbone.ids import new_id
from backbone.messaging import outbox, wakeup

Last = Callable[["UnitOfWork", Set[Any]], None]


class UnitOfWork:
    """A transaction on one service's database. `now` is the instant it began: one time for all it writes."""

    def __init__(self, engine: Engine, *, source: str, clock: Clock) -> None:
        self._engine, self._source, self._clock = engine, source, clock
        self._recorded: list[outbox.Row] = []
        self._woken: set[str] = set()
        self._last: dict[Last, set[Any]] = {}
        self.connection: Connection
        self.now: datetime

    def __enter__(self) -> Self:
        self.connection = self._engine.connect()
        try:
            self.now = self._clock.now()
            self._transaction = self.connection.begin()
        except BaseException:
            self.connection.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._transaction.is_active:
                self._transaction.rollback()
        finally:
            self.connection.close()

    @property
    def source(self) -> str:
        """The service whose database it is."""
        return self._source

    def record(self, card: EventCard, *, sequence: int, data: Mapping[str, Any]) -> UUID:
        """Record an event, to be published after the commit. Its subject is the field that `card.key` names; its lane
        is that of what is being done (`in_lane`), unless the card says that it is urgent whatever made it.

        Raises ValueError when the event is not this service's, ValidationError when `data` is not its schema's.
        """
        if card.producer != self._source:
            raise ValueError(f"{self._source} does not produce {card.type}")
        payload, id = card.dump(data), new_id()
        headers = headers_of(
            card,
            id=id,
            source=self._source,
            subject=str(payload[card.key]),
            at=self.now,
            sequence=sequence,
            trace=current_trace(),
        )
        lane = Lane.URGENT if card.urgent else current_lane()
        self._recorded.append(outbox.Row(id, card.type, headers, body_of(payload), self.now, lane))
        return id

    def wake(self, name: str) -> None:
        """Ask that the job waiting for `name` runs right after the commit."""
        self._woken.add(name)

    def leave_for_last(self, act: Last, items: Collection[Any]) -> None:
        """Have `act(uow, items)` done right before the commit, once, with all that the unit gathers for it.

        Rows that every batch touches are so locked last, all of them at once and in one order: a unit that took some,
        did something else and took more would wait in a circle with another one.
        """
        self._last.setdefault(act, set()).update(items)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that can fail alone: all it did, recorded and left for last is undone, the rest of the unit stays."""
        recorded, woken = len(self._recorded), set(self._woken)
        last = {act: set(items) for act, items in self._last.items()}
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            del self._recorded[recorded:]
            self._woken, self._last = woken, last
            raise

    def commit(self) -> None:
        """Make it durable, changes and events together; what was left for last is done first."""
        while self._last:
            act, items = self._last.popitem()
            act(self, items)
        if self._recorded:
            outbox.write(self.connection, self._recorded)
            self._woken |= {outbox.wake_of(row.lane) for row in self._recorded}
        wakeup.notify(self.connection, self._woken)
        self._transaction.commit()
        wakeup.notify_local(self._engine, self._woken)
