"""Handing events to listeners: decode, know again, apply each in a savepoint, keep what failed. One transaction.

A listener marked `@batch` gets all its events of a batch in one call, so that a projection is one upsert for many.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy.exc

from backbone.bus.port import Delivery, came_back
from backbone.events.cards import Event, Registry
from backbone.events.context import Trace, traced
from backbone.events.envelope import Suspect, Unacceptable, decode, suspect
from backbone.events.lanes import Lane, in_lane
from backbone.messaging import inbox
from backbone.messaging.inbox import Entry, key_of
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.messaging.waiting import NotYet, wait
from backbone.ports import Wiring

log = logging.getLogger(__name__)
security = logging.getLogger("security")
FORGED = "forged_source"
TOO_OLD = "too_old"  # the inbox may have forgotten that it was applied
SUSPECT_AFTER = 3  # what came back so often may be what ends its consumers: it is tried by itself
Listener = Callable[..., None]
# A delivery as it was understood: the event it brings, or why there is none to apply. A plain tuple, the cheapest.
Read = tuple[Delivery, Event | Unacceptable]
Arrived = tuple[Event | Unacceptable, Delivery]
Refused = tuple[Unacceptable, Delivery | Entry]
Handled = tuple[Event, Delivery | Entry]


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
    `remembers`: how long the inbox knows again what was applied; what is older cannot be told from a repeat.
    """

    def __init__(
        self,
        registry: Registry,
        listens: Mapping[str, Listener],
        wiring: Wiring,
        *,
        attempts: int = 5,
        retry_base: float = 1.0,
        accounts: bool = False,
        remembers: timedelta = timedelta(days=30),
    ) -> None:
        self._registry, self._accounts, self._remembers = registry, accounts, remembers
        self.attempts, self.retry_base = attempts, retry_base
        bound = {listener: wiring.bind(listener, given=("uow",)) for listener in listens.values()}
        self._listeners = {type: bound[listener] for type, listener in listens.items()}
        self._batched = {bound[listener] for listener in listens.values() if getattr(listener, "takes_batches", False)}

    def apply(self, received: Sequence[Read], uow: UnitOfWork) -> Outcome:
        """Apply what is new among `received`; what fails is kept in the inbox. The caller commits, then acks.

        Raises only when the database itself is away: then nothing happened and the same deliveries are tried again.
        """
        known: dict[inbox.Key, Arrived] = {}
        for delivery, found in received:
            first = known.setdefault(key_of(found), (found, delivery))
            if first[1].body != delivery.body:
                _contradicted(found)
        new = inbox.insert_new(uow.connection, {key: found for key, (found, _) in known.items()}, uow.now)
        if len(new) < len(known):
            self._compare({key: one for key, one in known.items() if key not in new}, uow)
        fresh = [one for key, one in known.items() if key in new]
        readable, old = self._by_age([(found, by) for found, by in fresh if isinstance(found, Event)], uow)
        refused: list[Refused] = [(found, by) for found, by in fresh if isinstance(found, Unacceptable)]
        refused += old
        apart = self._refuse(refused, uow)
        failed = self._handle(readable, uow)
        return Outcome(len(readable) - failed, len(received) - len(new), failed + apart, len(refused) - apart)

    def _refuse(self, refused: Sequence[Refused], uow: UnitOfWork) -> int:
        """Park what is not to be applied; set suspects apart, unread, to be tried one by one: how many."""
        apart = 0
        for found, delivery in refused:
            if not isinstance(found, Suspect):
                self._park(Entry.of(found, delivery), found.reason, uow)
                continue
            inbox.set_apart(uow.connection, Entry.of(found, delivery), uow.now)
            apart += 1
        if apart:
            log.warning("events came back again and again: each is tried by itself", extra={"events": apart})
            uow.wake(inbox.WAKE)
        return apart

    def _by_age(self, arrived: list[Handled], uow: UnitOfWork) -> tuple[list[Handled], list[Refused]]:
        """What is young enough to be known as new, and the refusals of what is older than the inbox remembers.

        By the database's clock, which the unit tells, and the event's own time.
        """
        horizon = uow.now - self._remembers
        old: list[Refused] = [
            (Unacceptable(TOO_OLD, event.id, event.source, event.type), kept)
            for event, kept in arrived
            if event.time < horizon
        ]
        return ([one for one in arrived if one[0].time >= horizon] if old else arrived), old

    def _compare(self, again: Mapping[inbox.Key, Arrived], uow: UnitOfWork) -> None:
        """Of what comes again, tell what says something else than the body that is kept of it."""
        for key, body in inbox.bodies(uow.connection, again).items():
            found, delivery = again[key]
            if body != delivery.body:
                _contradicted(found)

    def try_again(self, entry: Entry, uow: UnitOfWork) -> Outcome:
        """Apply `entry`, judged as a first delivery is: a replay opens no other door. The caller commits."""
        event = self._judge(entry.headers, entry.body, entry.user_id)
        if isinstance(event, Unacceptable):
            self._park(entry, event.reason, uow)
            return Outcome(parked=1)
        if not entry.forced and self._by_age([(event, entry)], uow)[1]:
            self._park(entry, TOO_OLD, uow)
            return Outcome(parked=1)
        if self._handle([(event, entry)], uow):
            return Outcome(failed=1)
        inbox.settle(uow.connection, entry, uow.now)
        return Outcome(applied=1)

    def give_up(self, entry: Entry, uow: UnitOfWork) -> Outcome:
        """Park an entry whose tries are all used: the last one began and never ended."""
        self._park(entry, inbox.BEGUN, uow)
        return Outcome(parked=1)

    def read(self, delivery: Delivery) -> Read:
        """What `delivery` says; or, when it is not for this service to apply, why. Never raises."""
        if delivery.redelivered and came_back(delivery) >= SUSPECT_AFTER:
            return delivery, suspect(delivery.headers, delivery.body)
        return delivery, self._judge(delivery.headers, delivery.body, delivery.user_id)

    def _judge(self, headers: Mapping[str, Any], body: bytes, user_id: str | None) -> Event | Unacceptable:
        """The event, or why it is not for this service to apply: the one check of all ways in. Never raises.

        `user_id` None: kept by a version that did not keep it, after it had judged it.
        """
        try:
            event = decode(self._registry, headers, body)
        except Unacceptable as error:
            if self._accounts and user_id is not None and error.source not in (user_id, "?"):
                error.reason = FORGED  # whatever else is wrong: it is nobody's hole but the stranger's
            return error
        if event.source != self._registry.cards[event.type].producer:
            return Unacceptable("wrong_source", event.id, event.source, event.type)
        if self._accounts and user_id is not None and user_id != event.source:
            return Unacceptable(FORGED, event.id, event.source, event.type)
        if event.type not in self._listeners:
            return Unacceptable("no_listener", event.id, event.source, event.type)
        return event

    def _park(self, entry: Entry, reason: str, uow: UnitOfWork) -> None:
        log.error("event parked", extra={"event_id": str(entry.id), "event_type": entry.type, "reason": reason})
        inbox.park(uow.connection, entry, reason, uow.now)

    def _handle(self, handled: Sequence[Handled], uow: UnitOfWork) -> int:
        """Call the listeners, grouped, each group in the lane of its events; how many events failed.

        Sets first: the end of an announcement of this very batch counts what they did, and what failed."""
        groups: dict[tuple[Listener, Lane], list[Handled]] = {}
        for one in handled:
            groups.setdefault((self._listeners[one[0].type], one[0].lane), []).append(one)
        failed = 0
        for (listener, _), group in sorted(groups.items(), key=lambda one: one[0][0] not in self._batched):
            if listener in self._batched and self._try(listener, group, uow) is None:
                continue
            for one in group:
                error = self._try(listener, [one], uow)
                if error is not None:
                    self._keep(one, error, uow)
                    failed += 1
        return failed

    def _call(self, listener: Listener, group: Sequence[Handled], uow: UnitOfWork) -> None:
        events = [event for event, _ in group]
        last = events[-1]
        with traced(Trace(last.correlation_id, str(last.id), last.traceparent)), in_lane(last.lane):
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
        event, kept = one
        entry, about = Entry.of(event, kept), {"event_id": str(event.id), "event_type": event.type}
        uow.wake(inbox.WAKE)
        if isinstance(error, NotYet):
            log.info("event waits for what is still to come", extra=about)
            wait(uow.connection, entry, _told(error), uow.now, base=self.retry_base)
            return
        told = {"attempts": entry.attempts + 1, "error": type(error).__name__}
        log.warning("listener failed", extra={**about, **told})
        inbox.retry_later(uow.connection, entry, _told(error), uow.now, attempts=self.attempts, base=self.retry_base)


def _contradicted(found: Event | Unacceptable) -> None:
    """The same id with another body: the first stays (CloudEvents 1.0: id and source name one event)."""
    details = {"event_id": str(found.id), "event_source": found.source, "event_type": found.type}
    security.warning("event_contradicted", extra=details)


def _told(error: Exception) -> str:
    """What is kept of an error: its kind and place, never its message, which may quote personal data."""
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    at = f" at {where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where else ""
    return f"{type(error).__name__}{at}"
