"""Handing events to listeners: decode, know again, apply each in a savepoint, keep what failed. One transaction.

A listener marked `@batch` gets all its events of a batch in one call, so that a projection is one upsert for many.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy.exc

from backbone import inbox
from backbone.bus.port import Delivery
from backbone.context import Trace, traced
from backbone.envelope import Undecodable, decode
from backbone.events import Event, Registry
from backbone.inbox import Entry
from backbone.ports import bind
from backbone.receiving import Read
from backbone.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
Listener = Callable[..., None]
Handled = tuple[Entry, Event]


def batch(listener: Listener) -> Listener:
    """Mark a listener that takes `Sequence[Event]`: everything of one batch in one call."""
    listener.takes_batches = True  # type: ignore[attr-defined]
    return listener


@dataclass(frozen=True)
class Outcome:
    """What became of a batch, for metrics."""

    applied: int = 0
    repeated: int = 0
    failed: int = 0
    parked: int = 0


class Listening:
    """The bus way into one service: its listeners, ready to be given deliveries.

    `accounts` says that every service has a broker account of its own, so `user_id` must be the event's source.
    """

    def __init__(
        self,
        registry: Registry,
        listens: Mapping[str, Listener],
        ports: Mapping[str, Any],
        *,
        attempts: int = 5,
        retry_base: float = 1.0,
        accounts: bool = False,
    ) -> None:
        self._registry, self._accounts = registry, accounts
        self._attempts, self._retry_base = attempts, retry_base
        bound = {listener: bind(listener, ports, given=("uow",)) for listener in listens.values()}
        self._listeners = {type: bound[listener] for type, listener in listens.items()}
        self._batched = {bound[listener] for listener in listens.values() if getattr(listener, "takes_batches", False)}

    def apply(self, deliveries: Sequence[Read], uow: UnitOfWork) -> Outcome:
        """Apply what is new among `deliveries`; what fails is kept in the inbox. The caller commits, then acks.

        Raises only when the database itself is away: then nothing happened and the same deliveries are tried again.
        """
        known = {one.entry.key: one for one in deliveries}
        new = inbox.insert_new(uow.connection, {key: one.entry for key, one in known.items()}, uow.now)
        readable, parked = list[Handled](), 0
        for key, (entry, event, reason) in known.items():
            if key not in new:
                continue
            if event is None:
                self._park(entry, reason, uow)
                parked += 1
            else:
                readable.append((entry, event))
        failed = self._handle(readable, uow)
        return Outcome(len(new) - parked - failed, len(deliveries) - len(new), failed, parked)

    def retry(self, uow: UnitOfWork, limit: int = 100) -> Outcome:
        """Try again the events that are due. The caller commits."""
        waiting = inbox.due(uow.connection, uow.now, limit)
        failed = parked = 0
        for entry in waiting:
            try:
                event = decode(self._registry, entry.headers, entry.body)
            except Undecodable as error:
                inbox.park(uow.connection, entry, error.reason, uow.now)
                parked += 1
                continue
            wrong = self._handle([(entry, event)], uow)
            failed += wrong
            if not wrong:
                inbox.settle(uow.connection, entry, uow.now)
        return Outcome(len(waiting) - failed - parked, 0, failed, parked)

    def read(self, delivery: Delivery) -> Read:
        """What `delivery` says; or, when it is not for this service to apply, why."""
        try:
            event = decode(self._registry, delivery.headers, delivery.body)
        except Undecodable as error:
            return Read(inbox.entry_of(delivery, error.id, error.source, error.type), None, error.reason)
        entry = inbox.entry_of(delivery, event.id, event.source, event.type)
        if event.source != self._registry.cards[event.type].producer:
            return Read(entry, None, "wrong_source")
        if self._accounts and delivery.user_id != event.source:
            return Read(entry, None, "forged_source")
        if event.type not in self._listeners:
            return Read(entry, None, "no_listener")
        return Read(entry, event, "")

    def _park(self, entry: Entry, reason: str, uow: UnitOfWork) -> None:
        log.error("event parked", extra={"event_id": str(entry.id), "event_type": entry.type, "reason": reason})
        inbox.park(uow.connection, entry, reason, uow.now)

    def _handle(self, handled: Sequence[Handled], uow: UnitOfWork) -> int:
        """Call the listeners, grouped; how many events failed."""
        groups: dict[Listener, list[Handled]] = {}
        for one in handled:
            groups.setdefault(self._listeners[one[1].type], []).append(one)
        failed = 0
        for listener, group in groups.items():
            if listener in self._batched and self._try(listener, group, uow) is None:
                continue
            for one in group:
                error = self._try(listener, [one], uow)
                if error is not None:
                    self._keep(one, error, uow)
                    failed += 1
        return failed

    def _call(self, listener: Listener, group: Sequence[Handled], uow: UnitOfWork) -> None:
        events = [event for _, event in group]
        last = events[-1]
        with traced(Trace(last.correlation_id, str(last.id), last.traceparent)):
            listener(events if listener in self._batched else last, uow=uow)

    def _try(self, listener: Listener, group: Sequence[Handled], uow: UnitOfWork) -> Exception | None:
        try:
            with uow.savepoint():
                self._call(listener, group, uow)
        except sqlalchemy.exc.DBAPIError as error:
            if error.connection_invalidated or uow.connection.closed or uow.connection.invalidated:
                raise
            return error
        except Exception as error:
            return error
        return None

    def _keep(self, one: Handled, error: Exception, uow: UnitOfWork) -> None:
        entry, event = one
        log.warning(
            "listener failed",
            extra={
                "event_id": str(entry.id),
                "event_type": event.type,
                "attempts": entry.attempts + 1,
                "error": type(error).__name__,
            },
        )
        uow.wake(inbox.WAKE)
        inbox.retry_later(uow.connection, entry, _told(error), uow.now, attempts=self._attempts, base=self._retry_base)


def _told(error: Exception) -> str:
    """What is kept of an error: its kind and place, never its message, which may quote personal data."""
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    at = f" at {where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where else ""
    return f"{type(error).__name__}{at}"
