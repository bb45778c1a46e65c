"""A server that answers all the time and never comes to the end: one byte, a pause, one byte."""

import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Drip:
    """Sends to each connection `first` at once, then a byte of `endless` every `pause` seconds, again and again.

    It reads what it is sent, and no socket that waits for the next byte alone ever runs into its limit.
    """

    def __init__(self, endless: bytes, first: bytes = b"", pause: float = 0.1) -> None:
        self._first, self._endless, self._pause = first, endless, pause
        self._server = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._server.getsockname()[1]
        self.connections = 0
        self._closed = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """End it, and every connection."""
        self._closed.set()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._server.accept()
                self.connections += 1
                threading.Thread(target=self._answer, args=(line,), daemon=True).start()
                threading.Thread(target=self._read, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with suppress(OSError), line:
            line.sendall(self._first)
            for byte in itertools.cycle(self._endless):
                if self._closed.wait(self._pause):
                    return
                line.sendall(bytes([byte]))

    @staticmethod
    def _read(line: socket.socket) -> None:
        with suppress(OSError):
            while line.recv(65536):
                pass


@contextmanager
def drip(endless: bytes, first: bytes = b"") -> Iterator[Drip]:
    """One that listens."""
    server = Drip(endless, first)
    try:
        yield server
    finally:
        server.close()
