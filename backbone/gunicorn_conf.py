"""gunicorn for one program of ours, as entrypoint.sh starts it: the API of a service, or the application it is told of.

The application is built once, in the master, which also answers on the management port. On SIGTERM readiness turns
503 first, requests are still served for SHUTDOWN_DELAY seconds so that whoever balances the load looks elsewhere,
and only then does the socket close and what is under way finish.
"""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

from prometheus_client import multiprocess

from backbone.serving import management
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

_managed: list[management.Process] = []


def application() -> Any:
    """The API of the service $SERVICE, when gunicorn was told of no other application."""
    from backbone.wsgi import application

    def build() -> tuple[Any, management.Process]:
        app = application(SERVICE)
        return app, management.Management(app.extensions["service"], multiprocess=True)

    return managed(build)


def managed(build: Callable[[], tuple[Any, management.Process]]) -> Any:
    """The WSGI application that `build` makes, in the master, with what the management port tells about it.

    Settings that cannot be used are one sentence and exit status 2.
    """
    try:
        app, manage = build()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    _managed.append(manage)
    return app


def on_starting(_arbiter: Any) -> None:
    """Its own words go the way of all logs: one JSON line each."""
    for name in ("gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True


def when_ready(arbiter: Any) -> None:
    """The socket is open: answer on the management port, and take over SIGTERM."""
    manage = _managed[-1]
    server = management.serve(manage, int(os.environ.get("ESPACE_MANAGEMENT_PORT", "9000")))

    told: list[int] = []  # no lock: a second signal may come within the first

    def stop(number: int, frame: Any) -> None:
        told.append(number)
        if len(told) == 1:
            manage.stopping.set()
            timer = threading.Timer(SHUTDOWN_DELAY, arbiter.signal, (number, frame))
            timer.daemon = True
            timer.start()

    signal.signal(signal.SIGTERM, stop)
    arbiter.management = server


def post_fork(_arbiter: Any, _worker: Any) -> None:
    """Each worker starts with nothing of the master's that only one may use."""
    for manage in _managed:
        manage.forked()


def child_exit(_arbiter: Any, worker: Any) -> None:
    """Forget the live gauges of a worker that is gone."""
    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
