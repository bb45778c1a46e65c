"""A process that has imported everything and forks on demand: fault tests start hundreds of processes, fast.

Each line of its input is JSON `{words, environment, log}`; it answers the number of the process it made. The fork is
a session of its own with the given environment and nothing shared but the code.
"""

import json
import os
import runpy
import signal
import sys
from typing import Any

import gunicorn.app.wsgiapp
import psycopg  # noqa: F401  (imported for those who are forked)

import backbone.bus.rabbitmq  # noqa: F401
import tests.support.drill.__main__ as drill
from tests.support.moved import SITE


def become(order: dict[str, Any]) -> None:
    """In the child: take the place of a fresh interpreter started with these words."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(order["environment"])
    output = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in (1, 2):
        os.dup2(output, number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout = open(1, "w", buffering=1, closefd=False)
    sys.stderr = open(2, "w", buffering=1, closefd=False)
    sys.argv = order["words"]
    if "MOVED_CLOCK" in os.environ:
        runpy.run_path(str(SITE / "sitecustomize.py"))  # as a fresh interpreter would have
    (gunicorn.app.wsgiapp.run if sys.argv[0] == "gunicorn" else drill.main)()


def serve() -> None:
    """Fork until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            status = 1
            try:
                become(json.loads(line))
                status = 0
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 1
            finally:
                sys.stdout.flush()
                os._exit(status)
        print(pid, flush=True)


if __name__ == "__main__":
    serve()
