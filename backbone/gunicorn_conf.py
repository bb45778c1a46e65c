"""gunicorn for one service's API (or the gateway's pages), as entrypoint.sh starts it.

The application is built once, in the master, which also answers on the management port. On SIGTERM readiness turns
503 first, requests are still served for SHUTDOWN_DELAY seconds so that whoever balances the load looks elsewhere,
and only then does the socket close and what is under way finish.
"""

import importlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterable
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest, multiprocess

from backbone.serving import logs, management
from backbone.shape.config import SettingsError

SERVICE = os.environ.get("SERVICE", "")
SHUTDOWN_DELAY = float(os.environ.get("SHUTDOWN_DELAY", "5"))

wsgi_app = "backbone.gunicorn_conf:application()"
preload_app = True
bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "1"))
timeout = int(os.environ.get("WEB_TIMEOUT", "60"))
graceful_timeout = 25
keepalive = 5
limit_request_line = 8190
worker_tmp_dir = "/dev/shm"  # noqa: S108  (a heartbeat file must not wait for a disk)
control_socket_disable = True
loglevel = "warning"

_managed: list[management.Management] = []


class Pages(management.Management):
    """The management port of a process without a database: the gateway."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.alive = lambda: True

    def ready(self) -> dict[str, str]:
        """The gateway needs nothing to answer: a service that is away is a page that says so."""
        return {"stopping": "away" if self.stopping.is_set() else "ok"}

    def _metrics(self) -> bytes:
        counters = CollectorRegistry()
        multiprocess.MultiProcessCollector(counters)  # type: ignore[no-untyped-call]
        return generate_latest(counters)


def application() -> Any:
    """The WSGI application of $SERVICE. Settings that cannot be used are one sentence and exit status 2."""
    try:
        return _gateway() if SERVICE == "gateway" else _service()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


def _service() -> Any:
    from backbone.wsgi import application

    app = application(SERVICE)
    _managed.append(management.Management(app.extensions["service"], multiprocess=True))
    return app


def _gateway() -> Any:
    module = importlib.import_module("gateway.app")
    settings = module.Settings.load()
    logs.configure(SERVICE, settings.log_level)
    _managed.append(Pages())
    return module.build(settings)


def on_starting(_arbiter: Any) -> None:
    """Its own words go the way of all logs: one JSON line each."""
    for name in ("gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True


def when_ready(arbiter: Any) -> None:
    """The socket is open: answer on the management port, and take over SIGTERM."""
    manage = _managed[-1]
    server = management.serve(manage, int(os.environ.get("ESPACE_MANAGEMENT_PORT", "9000")))

    def stop(number: int, frame: Any) -> None:
        if not manage.stopping.is_set():
            manage.stopping.set()
            timer = threading.Timer(SHUTDOWN_DELAY, arbiter.signal, (number, frame))
            timer.daemon = True
            timer.start()

    signal.signal(signal.SIGTERM, stop)
    arbiter.management = server


def post_fork(_arbiter: Any, _worker: Any) -> None:
    """A connection of the master belongs to the master: each worker opens its own."""
    for manage in _managed:
        if not isinstance(manage, Pages):
            manage.service.engine.dispose(close=False)


def child_exit(_arbiter: Any, worker: Any) -> None:
    """Forget the live gauges of a worker that is gone."""
    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def served() -> Iterable[management.Management]:
    """What the management port of this process tells about."""
    return tuple(_managed)
