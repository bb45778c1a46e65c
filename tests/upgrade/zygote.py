"""One version of the system, imported once: it forks a process of that version in milliseconds, as often as asked.

It runs with the code of that version alone (its folder is the working folder and PYTHONPATH), which may be older than
this file: it takes nothing from the tests. Each line of its input is JSON `{words, environment, log}`; it answers the
number of the process that it made, whose exit status is written beside its log.
"""

import importlib
import json
import os
import runpy
import signal
import sys
from pathlib import Path
from typing import Any

SERVICES = ("identity", "delegation", "notification", "dsn", "contact")
# What a process of ours needs in the end, and so does the next one.
EVERYTHING = (
    "gunicorn.app.wsgiapp",
    "gunicorn.workers.gthread",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "alembic.command",
    "backbone.__main__",
    "backbone.wsgi",
    "backbone.bus.rabbitmq",
    "gateway.app",
    *(f"services.{name}.app" for name in SERVICES),
)


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
    program = sys.argv[0]
    if program == "gunicorn":
        sys.modules["gunicorn.app.wsgiapp"].run()
    elif program == "backbone":
        process = sys.modules["backbone.__main__"]
        process.run(process.main)
    else:
        runpy.run_path(program, run_name="__main__")


def tell_the_end(log: str) -> None:
    """In the child: write the status it ends with, whoever ends it (a worker leaves at once, by `os._exit`)."""
    leave = os._exit

    def told(status: int) -> None:
        mine = Path(f"{log}.status-{os.getpid()}")
        mine.write_text(str(status))
        mine.replace(f"{log}.status")
        leave(status)

    os._exit = told  # type: ignore[assignment]


def serve() -> None:
    """Fork until the input ends."""
    for name in EVERYTHING:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if not pid:
            status = 1
            tell_the_end(order["log"])
            try:
                become(order)
                status = 0
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else int(end.code is not None)
            finally:
                sys.stdout.flush()
                os._exit(status)
        print(pid, flush=True)


if __name__ == "__main__":
    serve()
