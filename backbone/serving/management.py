"""The management port: /livez (the process), /readyz (database, migrations, clock, bus), /metrics (Prometheus).

Liveness never touches the database. Readiness turns 503 as soon as the process is told to stop, before the socket
closes. A bus that is away makes a service "degraded", not unready: every page still works, the outbox grows. One that
is there and does not have, or does not give, what a worker needs makes it unready, with the reason: somebody must act.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import REGISTRY, Collector

from backbone.events.lanes import Lane
from backbone.messaging import inbox, outbox
from backbone.rights.authority import ages
from backbone.serving import skew
from backbone.shape.measures import Measure, job_ages, overdue
from backbone.shape.service import Service
from backbone.store import migrations
from backbone.store.engines import read_only

log = logging.getLogger(__name__)


class Process:
    """What the management port tells about a process that needs nothing to answer but itself."""

    alive: Callable[[], bool]
    stopping: threading.Event

    def __init__(self) -> None:
        self.alive = lambda: True
        self.stopping = threading.Event()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """WSGI."""
        status, kind, body = self._answer(environ.get("PATH_INFO", ""))
        start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def ready(self) -> dict[str, str]:
        """The state of each thing this process needs: ok, degraded or away."""
        return {"stopping": "away" if self.stopping.is_set() else "ok"}

    def metrics(self) -> bytes:
        """In the format of Prometheus: what the workers of this process counted."""
        counters = CollectorRegistry()
        multiprocess.MultiProcessCollector(counters)  # type: ignore[no-untyped-call]
        return generate_latest(counters)

    def forked(self) -> None:
        """In each worker: what of the master's it must not use."""

    def _answer(self, path: str) -> tuple[str, str, bytes]:
        if path == "/livez":
            return _json(self.alive(), {"alive": self.alive()})
        if path == "/readyz":
            states = self.ready()
            return _json("away" not in states.values(), states)
        if path == "/metrics":
            return "200 OK", "text/plain; version=0.0.4; charset=utf-8", self.metrics()
        return "404 Not Found", "text/plain", b"not found\n"


@dataclass
class Management(Process):
    """What the management port tells about one process of `service`. `queues`: what waits in each, for a worker."""

    service: Service
    bus_reachable: Callable[[], bool] = lambda: True
    alive: Callable[[], bool] = lambda: True
    queues: Callable[[], Mapping[str, int]] = dict
    bus_lacks: Callable[[], str] = str
    stopping: threading.Event = field(default_factory=threading.Event)
    multiprocess: bool = False

    def ready(self) -> dict[str, str]:
        """Those of any process, its database, its clock, its bus."""
        states = {**super().ready(), "database": "ok", "migrations": "ok"}
        try:
            if not migrations.reached(read_only(self.service.engine), self.service.migrations):
                states["migrations"] = "away"
        except Exception as error:
            log.warning("not ready: %s", type(error).__name__)
            states["database"] = "away"
        states["jobs"] = self._jobs()
        states["clock"] = skew.state(self.service.clock)
        states["bus"] = "ok" if self.bus_reachable() else "degraded"
        if lacks := self.bus_lacks():
            states |= {"bus": "away", "reason": lacks}
        return states

    def _jobs(self) -> str:
        """Degraded while a job is overdue; ok where the database, which says it, is away: that is said already."""
        service, jobs = self.service, self.service.all_jobs()
        try:
            with read_only(service.engine).connect() as connection, connection.begin():
                late = overdue(job_ages(connection, jobs, service.clock.now()), jobs)
        except Exception:
            return "ok"
        return "degraded" if late else "ok"

    def forked(self) -> None:
        """A connection of the master belongs to the master: each worker opens its own."""
        self.service.engine.dispose(close=False)

    def metrics(self) -> bytes:
        """Its own gauges with what its workers, or this process alone, counted."""
        gauges = CollectorRegistry()
        gauges.register(_Depths(self.service))
        gauges.register(_Ages(self.service))
        gauges.register(_Own(self.service))
        gauges.register(skew.Skew(self.service.name, self.service.clock))
        gauges.register(_Queues(self.service.name, self.queues))
        counted = super().metrics() if self.multiprocess else generate_latest(REGISTRY)
        return counted + generate_latest(gauges)


class _Depths(Collector):
    """What waits in the service's tables, read when somebody looks."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Depth and age of the outbox, what was put aside of it, retries and parked events of the inbox."""
        try:
            with read_only(self._service.engine).connect() as connection, connection.begin():
                lanes = outbox.depths(connection)
                waiting, aside = inbox.counts(connection), outbox.parked_count(connection)
        except Exception:
            return
        yield from self._of_lanes(lanes)
        for name, text, value in (
            ("espace_outbox_parked", "Events put aside because the bus refuses them.", aside),
            ("espace_inbox_retrying", "Events whose listener failed and will be tried again.", waiting["retrying"]),
            ("espace_inbox_parked", "Events put aside for an operator.", waiting["parked"]),
        ):
            family = GaugeMetricFamily(name, text, labels=["service"])
            family.add_metric([self._service.name], value)
            yield family

    def _of_lanes(self, lanes: Mapping[Lane, tuple[int, datetime | None]]) -> Iterable[GaugeMetricFamily]:
        labels = ["service", "lane"]
        depths = GaugeMetricFamily("espace_outbox_depth", "Events not yet confirmed by the bus.", labels=labels)
        ages = GaugeMetricFamily("espace_outbox_age_seconds", "Age of the oldest of them.", labels=labels)
        now = self._service.clock.now()
        for lane, (depth, oldest) in lanes.items():
            depths.add_metric([self._service.name, lane], depth)
            ages.add_metric([self._service.name, lane], (now - oldest).total_seconds() if oldest else 0.0)
        yield from (depths, ages)


class _Ages(Collector):
    """How old what the service knows of each owner is, by which it decides."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """One gauge an owner: infinite when nothing was heard, or when one of its events waits or is parked."""
        service = self._service
        if not service.follows:
            return
        try:
            with read_only(service.engine).connect() as connection, connection.begin():
                known = ages(connection, service.follows, service.clock.now())
        except Exception:
            return
        text = "Seconds since when a decision of the owner may be unknown here."
        family = GaugeMetricFamily("espace_authority_age_seconds", text, labels=["service", "owner"])
        for owner, age in known.items():
            family.add_metric([service.name, owner], age)
        yield family


class _Own(Collector):
    """What the service measures of its own tables, and how long ago each of its jobs ended."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Its gauges; none while the database is away."""
        service = self._service
        now, jobs = service.clock.now(), service.all_jobs()
        try:
            with read_only(service.engine).connect() as connection, connection.begin():
                own = list(service.measures(connection, now)) if service.measures else []
                ages: dict[tuple[str, ...], float] = {
                    (name,): age for name, age in job_ages(connection, jobs, now).items()
                }
        except Exception:
            return
        own.append(Measure("espace_job_age_seconds", "Time since a job last ended.", ages, ("task",)))
        for one in own:
            family = GaugeMetricFamily(one.name, one.text, labels=["service", *one.labels])
            for labels, value in one.values.items():
                family.add_metric([service.name, *labels], value)
            yield family


class _Queues(Collector):
    """What waits in the service's queue and in its dead letters, asked of the broker when somebody looks."""

    def __init__(self, service: str, depths: Callable[[], Mapping[str, int]]) -> None:
        self._service, self._depths = service, depths

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """One gauge a queue; none while the broker is away."""
        family = GaugeMetricFamily("espace_queue_depth", "Messages ready in a queue.", labels=["service", "queue"])
        for queue, depth in self._depths().items():
            family.add_metric([self._service, queue], depth)
        yield family


class _Server(ThreadingMixIn, WSGIServer):
    """A look at the queues of a frozen broker takes seconds: liveness does not wait for it."""

    daemon_threads = True


def serve(management: Process, port: int, host: str = "0.0.0.0") -> WSGIServer:  # noqa: S104  (a private network)
    """Answer on `port` from a thread; the server, whose `shutdown` ends it."""
    server = make_server(host, port, management, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, name="management", daemon=True).start()
    return server


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def _json(good: bool, body: dict[str, Any]) -> tuple[str, str, bytes]:
    return "200 OK" if good else "503 Service Unavailable", "application/json", json.dumps(body).encode()
