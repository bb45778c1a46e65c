"""One limit of time for a whole dialogue with another program, however many reads and writes it takes.

The time limit of a socket counts anew at each read: who answers one byte in ten seconds would hold us for ever. So the
line is hung up when the time of the dialogue is over, and whoever reads or writes on it gets an error at once.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

AGAIN = 0.1  # a line that is opened after the time was over is hung up as well


class Overdue(TimeoutError):
    """The whole dialogue took longer than it may."""


@contextmanager
def hung_up_after(seconds: float, line: Callable[[], socket.socket | None]) -> Iterator[threading.Event]:
    """Within it, `line()` (the socket of the moment, None for none) may be talked on for `seconds` altogether.

    Raises Overdue, an OSError, in place of whatever error the hanging up made; who swallows errors inside looks at the
    event. A look-up of names is not ended by it, nor a connection being made: that has the socket's own limit.
    """
    ended, over = threading.Event(), threading.Event()
    watch = threading.Thread(target=_watch, args=(seconds, line, ended, over), name="deadline", daemon=True)
    watch.start()
    try:
        yield over
    except Exception as error:
        if over.is_set():
            raise Overdue(f"not finished within {seconds:g} s") from error
        raise
    finally:
        ended.set()


def _watch(
    seconds: float, line: Callable[[], socket.socket | None], ended: threading.Event, over: threading.Event
) -> None:
    if ended.wait(seconds):
        return
    over.set()
    while not ended.is_set():
        _hang_up(line())
        ended.wait(AGAIN)


def _hang_up(line: socket.socket | None) -> None:
    """Both directions, so that a waiting read or write ends; closing is for who reads. That of the socket's own class:
    a TLS socket's would take its session away under the reader."""
    if line is not None:
        with suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)
