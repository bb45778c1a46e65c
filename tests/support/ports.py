"""Free ports and polling: what every fixture that starts a server needs."""

import os
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress


def free_port() -> int:
    """A TCP port of the loopback that nobody listens on now.

    It is drawn below the range the kernel takes client ports from, so that no connection made meanwhile takes it.
    """
    while True:
        port = 15_000 + secrets.randbelow(17_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


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
