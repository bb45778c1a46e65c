"""The worker of one service: it consumes, relays, retries and runs jobs, each in a thread of its own, until stopped.

Whatever is away (broker, database) is waited for, with growing delays; nothing here ends the process but `stop`.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import sqlalchemy.exc

from backbone import metrics
from backbone.bus.port import Bus, BusAway, Subscriber, of_lane
from backbone.events.lanes import Lane
from backbone.messaging import inbox, outbox
from backbone.messaging.listening import Listening, Read, batch
from backbone.messaging.relay import Relay
from backbone.messaging.retrying import Retrying
from backbone.messaging.wakeup import Wakeups
from backbone.serving.interpreter import prepare_process
from backbone.shape.jobs import JobRunner
from backbone.shape.service import Service

__all__ = ["Worker", "batch"]

BATCH = 500
# What a bulk batch locks, an urgent one may need: it waits for no more than this.
BATCHES = {Lane.URGENT: BATCH, Lane.BULK: 200}
POLL = 1.0
PATIENCE = 10.0  # of the relay for a bus that is away, before it says so
RETRY_POLL = 5.0
START_PAUSE = 5.0  # what was tried before waits so long after a start: if it ends the process, the others went first
LONGEST_WAIT = 10.0
AWAY = (
    sqlalchemy.exc.OperationalError,
    sqlalchemy.exc.InterfaceError,
    sqlalchemy.exc.TimeoutError,
    BusAway,
    ConnectionError,
)
log = logging.getLogger(__name__)


def listening_of(service: Service) -> Listening:
    """The bus way into `service`, as its settings want it."""
    settings = service.settings
    return Listening(
        service.registry,
        service.listens,
        service.wiring,
        attempts=settings.inbox_attempts,
        retry_base=settings.inbox_retry_base,
        accounts=has_own_account(service),
        remembers=timedelta(days=settings.inbox_days),
    )


def has_own_account(service: Service) -> bool:
    """Whether the broker gives each service its own account, named after it: then forged sources are refused, and what
    stands on the broker comes from its definitions."""
    return f"//{service.name}:" in service.settings.broker_url


class Worker:
    """Everything a service does outside of HTTP."""

    def __init__(self, service: Service, bus: Bus) -> None:
        self._service, self._bus = service, bus
        self._stopping = threading.Event()
        self._wakeups = Wakeups(service.engine)
        self._listening = listening_of(service)
        self._retrying, self._started = Retrying(self._listening, service.unit), time.monotonic()
        self._well: set[str] = set()
        self._runner = JobRunner(service.engine, service.clock, service.all_jobs(), service.wiring)
        self._threads = self._make_threads()

    def start(self) -> None:
        """Start every thread; returns at once."""
        prepare_process()
        self._wakeups.start()
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float | None = None) -> bool:
        """Finish what is in hand and stop; whether all threads ended within `timeout` seconds."""
        self._stopping.set()
        self._wakeups.stop()
        deadline = time.monotonic() + (timeout if timeout is not None else self._service.settings.drain_seconds)
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def alive(self) -> bool:
        """Whether every thread runs: what liveness asks. How long one has been waiting says something of what it waits
        for, a mail server, a database, and starting this process again would mend none of them."""
        return all(thread.is_alive() for thread in self._threads)

    def _make_threads(self) -> list[threading.Thread]:
        loops: dict[str, Callable[[], None]] = {of_lane("relay", lane): partial(self._relay, lane) for lane in Lane}
        if self._service.listens:
            loops |= {of_lane("consume", lane): partial(self._consume, lane) for lane in Lane}
            loops["retry"] = self._retry
        for name, job in self._service.all_jobs().items():
            for number in range(job.threads):
                loops[f"job {name}{f' {number + 1}' * (job.threads > 1)}"] = partial(self._job, name)
        prepared = [
            threading.Thread(target=self._keep_going, args=(n, loop), name=n, daemon=True) for n, loop in loops.items()
        ]
        for job in self._service.all_jobs().values():
            if job.wake:
                self._wakeups.event(job.wake)
        for name in (outbox.WAKE, outbox.WAKE_BULK, inbox.WAKE):
            self._wakeups.event(name)
        return prepared

    def _keep_going(self, name: str, loop: Callable[[], None]) -> None:
        """Run `loop` until stopped; when something is away or wrong, wait a little longer each time.

        What worked in between ends the series: a line that comes and goes costs a short pause each time."""
        failures = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                loop()
                failures = 0
            except Exception as error:
                well = name in self._well or time.monotonic() - started > LONGEST_WAIT
                self._well.discard(name)
                failures = 1 if well else failures + 1
                level = logging.WARNING if isinstance(error, AWAY) else logging.ERROR
                log.log(level, "%s waits: %s", name, _brief(error), exc_info=level == logging.ERROR)
                metrics.WAITS.labels(self._service.name, name).inc()
                self._stopping.wait(min(0.1 * 2**failures, LONGEST_WAIT) * random.uniform(0.8, 1.2))  # noqa: S311

    # consume: one batch, one transaction, then the acknowledgement; each lane for itself

    def _consume(self, lane: Lane) -> None:
        subscriber = self._bus.subscriber(self._service.name, self._listening.read, lane=lane)
        try:
            while not self._stopping.is_set():
                received = subscriber.receive(BATCHES[lane], POLL)
                if received:
                    self._take(subscriber, received)
        finally:
            subscriber.close()

    def _take(self, subscriber: Subscriber[Read], received: Sequence[Read]) -> None:
        """Apply a batch and acknowledge it. A database that is away is waited for with the batch in hand, so
        that the broker counts no delivery (a quorum queue drops at its limit)."""
        waits = 0
        while not self._stopping.is_set():
            try:
                with self._service.unit() as uow:
                    outcome = self._listening.apply(received, uow)
                    uow.commit()
            except (
                sqlalchemy.exc.OperationalError,
                sqlalchemy.exc.InterfaceError,
                sqlalchemy.exc.TimeoutError,
            ) as error:
                waits += 1
                log.warning("consume waits for the database: %s", _brief(error))
                self._stopping.wait(min(0.05 * 2**waits, 2.0) * random.uniform(0.8, 1.2))  # noqa: S311
                continue
            subscriber.acknowledge([delivery for delivery, _ in received])
            metrics.consumed(self._service.name, outcome)
            return

    # relay, retries, jobs

    def _relay(self, lane: Lane) -> None:
        publisher, woken = self._bus.publisher(), self._wakeups.event(outbox.wake_of(lane))
        relay = Relay(self._service.engine, publisher, self._service.clock, lane=lane)
        try:
            publisher.wait(PATIENCE)
            while not self._stopping.is_set():
                woken.clear()
                published, more = relay.step()
                self._well.add(of_lane("relay", lane))
                metrics.PUBLISHED.labels(self._service.name).inc(published)
                if not more:
                    woken.wait(POLL)
        finally:
            publisher.close()

    def _retry(self) -> None:
        """Try again what is due, then wait for the next: looking at the table twice a second would delay events."""
        woken = self._wakeups.event(inbox.WAKE)
        woken.clear()
        begun = time.monotonic() - self._started < START_PAUSE
        metrics.consumed(self._service.name, self._retrying.round(untried=begun))
        with self._service.unit() as uow:
            due = inbox.next_due(uow.connection)
        delay = max(0.05, (due - uow.now).total_seconds()) if due else RETRY_POLL
        if begun:
            delay = max(delay, 0.5)  # what was tried before waits, due or not
        if not self._stopping.is_set():
            woken.wait(min(delay, RETRY_POLL))

    def _job(self, name: str) -> None:
        job = self._service.all_jobs()[name]
        woken = self._wakeups.event(job.wake) if job.wake else self._stopping
        if job.wake and woken.is_set():
            woken.clear()
            self._runner.run(name)
        else:
            self._runner.run_if_due(name)
        woken.wait(min(job.every.total_seconds(), 5.0))


def _brief(error: Exception) -> str:
    """What is away: the driver's own first words, which hold no data."""
    return f"{type(error).__name__}: {str(getattr(error, 'orig', error)).splitlines()[0:1]}"[:200]
