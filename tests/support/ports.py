"""Free ports and polling: what every fixture that starts a server needs."""

import fcntl
import os
import secrets
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

_drawn: set[int] = set()


def free_port() -> int:
    """A TCP port of the loopback that nobody listens on now, and that no other process of tests draws as long as this
    one lives: a server that is given it may take a while to begin.

    It is drawn below the range the kernel takes client ports from, so that no connection made meanwhile takes it.
    """
    while True:
        port = 15_000 + secrets.randbelow(17_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if _claimed(port):
                return port


def _claimed(port: int) -> bool:
    """Whether it is ours from now on: one byte of a file for each port, locked until this process ends."""
    if port in _drawn:
        return False
    try:
        fcntl.lockf(_claims(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    except OSError:
        return False
    _drawn.add(port)
    return True


@cache
def _claims() -> int:
    """The file, open as long as this process lives: its locks go when it is closed."""
    return os.open(Path(tempfile.gettempdir(), f"espace-ports-{os.getuid()}"), os.O_CREAT | os.O_RDWR, 0o600)


def patience() -> float:
    """How much slower than an idle machine this one is now: its load for each core, at least 1.

    The limits of the rows are for a machine that does nothing else; parallel tests share two cores.
    """
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def eventually(
    condition: Callable[[], object],
    limit: float = 10.0,
    every: float = 0.05,
    what: str = "",
    state: Callable[[], str] = str,
) -> object:
    """Poll `condition` until it is true; its value. AssertionError after `limit` seconds of an idle machine, with
    `what` it waited for and the `state` of things at that moment."""
    begun, slowest = time.monotonic(), patience()
    while True:
        value = condition()
        if value:
            return value
        slowest = max(slowest, patience())  # others may have begun meanwhile
        if time.monotonic() - begun > limit * slowest:
            raise AssertionError(f"not within {limit * slowest} s: {what or condition} {state()}")
        time.sleep(every)
