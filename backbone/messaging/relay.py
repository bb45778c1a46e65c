"""The relay: takes a batch of unsent events, publishes it with pipelined confirms, deletes what the bus confirmed.

A crash in between publishes again (the inbox absorbs it) and never loses. Several relays may run: rows are locked.
"""

import logging
import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from time import monotonic
from uuid import UUID

from sqlalchemy.engine import Connection, Engine

from backbone.bus.port import BROKE, CLOSED, TIMEOUT, UNFRAMED, BusAway, Message, Publisher
from backbone.clock import Clock
from backbone.events.lanes import Lane
from backbone.messaging import outbox
from backbone.store.engines import read_only

BATCH = 500
TIMEOUT_SECONDS = 5.0
# For those sent one by one: their rows are locked meanwhile, and the server ends a transaction that is silent for long.
ALONE_SECONDS = 5.0
TRIES = 5  # of a row that the bus refuses for its own sake; then it is put aside
Failures = Mapping[UUID, str]
log = logging.getLogger(__name__)


def hopeless(reason: str) -> bool:
    """Whether no try can end otherwise: the row itself is refused. A broker without a majority, or an account without
    its permission (403), heals: such rows wait."""
    return reason.startswith((UNFRAMED, f"{BROKE}: 406", f"{BROKE}: 50"))


class Relay:
    """Moves events of one service from its outbox to the bus; those of one lane, when it is given one."""

    def __init__(
        self, engine: Engine, publisher: Publisher, clock: Clock, *, batch: int = BATCH, lane: Lane | None = None
    ) -> None:
        self._engine, self._publisher, self._clock = engine, publisher, clock
        self._batch, self._lane = batch, lane

    def step(self) -> tuple[int, bool]:
        """Publish one batch: (events confirmed, whether to go on at once). BusAway when none could be sent."""
        if self._engine.dialect.name == "sqlite":
            rows, failures = self._apart()
        else:
            with self._engine.begin() as connection:
                rows = outbox.take(connection, self._batch, self._clock.now(), self._lane)
                failures = self._publish(rows)
                self._settle(connection, rows, failures)
        if not rows:
            return 0, False
        refused = self._refused(rows, failures)
        for row, reason in refused:
            log.error(
                "event not taken by the bus", extra={"event_id": str(row.id), "event_type": row.type, "reason": reason}
            )
        confirmed = len(rows) - len(failures)
        if not confirmed and not refused:
            raise BusAway("no event was confirmed")
        return confirmed, len(rows) == self._batch

    def _apart(self) -> tuple[list[outbox.Unsent], Failures]:
        """SQLite locks a database whole: no lock is held while the bus works, or every writer waits for the slowest
        consumer. A second relay may then send the same events, which the inbox absorbs."""
        with read_only(self._engine).begin() as connection:
            rows = outbox.take(connection, self._batch, self._clock.now(), self._lane)
        failures = self._publish(rows)
        if rows:
            with self._engine.begin() as connection:
                self._settle(connection, rows, failures)
        return rows, failures

    def _publish(self, rows: Sequence[outbox.Unsent]) -> Failures:
        messages = [Message(row.id, row.type, row.headers, row.body, lane=row.lane) for row in rows]
        failures = self._publisher.publish(messages, TIMEOUT_SECONDS) if messages else {}
        broke = [message for message in messages if failures and failures.get(message.id, "").startswith(BROKE)]
        return self._one_by_one(broke, failures) if len(broke) > 1 else failures

    def _one_by_one(self, messages: Sequence[Message], failures: Failures) -> Failures:
        """One of `messages` made the broker end the channel: find it, and send the others at once. A permission that
        lacks is one type's, so one of each is enough; what is not done in time waits for the next step."""
        left = dict(failures) | dict.fromkeys((message.id for message in messages), CLOSED)
        end, forbidden = monotonic() + ALONE_SECONDS, dict[str, str]()
        for message in messages:
            if message.type in forbidden:
                left[message.id] = forbidden[message.type]
                continue
            answer = self._publisher.publish([message], TIMEOUT_SECONDS)
            if not answer:
                del left[message.id]
            left |= answer
            said = answer.get(message.id, "")
            if said.startswith(f"{BROKE}: 403"):
                forbidden[message.type] = said
            if said in (CLOSED, TIMEOUT) or monotonic() > end:
                break  # the bus is away, or many are refused: the others wait for the next step
        return left

    def _settle(self, connection: Connection, rows: Sequence[outbox.Unsent], failures: Failures) -> None:
        outbox.remove(connection, [row.position for row in rows if row.id not in failures])
        refused = self._refused(rows, failures) if failures else []
        spent = [(row, reason) for row, reason in refused if row.attempts + 1 >= TRIES and hopeless(reason)]
        for row, reason in spent:
            outbox.park(connection, row.position, reason, self._clock.now())
        outbox.postpone(connection, [self._later(*one) for one in refused if one not in spent])

    @staticmethod
    def _refused(rows: Sequence[outbox.Unsent], failures: Failures) -> list[tuple[outbox.Unsent, str]]:
        """The rows the bus answered no to, and why."""
        return [(row, failures[row.id]) for row in rows if failures.get(row.id) not in (None, CLOSED, TIMEOUT)]

    def _later(self, row: outbox.Unsent, reason: str) -> dict[str, object]:
        delay = min(2.0**row.attempts, outbox.LONGEST_DELAY.total_seconds()) * random.uniform(0.8, 1.2)  # noqa: S311  (jitter)
        return {
            "at_position": row.position,
            "attempts": row.attempts + 1,
            "next_attempt_at": self._clock.now() + timedelta(seconds=delay),
            "error": reason,
        }
