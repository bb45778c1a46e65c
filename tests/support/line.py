"""A line between a client and a real server: it is cut, drips, or dies without a word (bytes go in, none comes out)."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PIECE, PAUSE = 16, 0.05  # bytes, seconds: what drips


class Line:
    """Forwards connections to `target` on its own `port`.

    A connection that is swallowed once stays dead, as behind a firewall that lost its table; nobody is told.
    """

    def __init__(self, target: int) -> None:
        self._target = target
        self._server = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._server.getsockname()[1]
        self._swallowing = self._down = self._dripping = False
        self._dead: set[socket.socket] = set()
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def swallow(self) -> None:
        """From now on whatever is sent, on what is open and on what is opened, is taken and never arrives."""
        self._swallowing = True
        self._dead.update(self._open)

    def drip(self) -> None:
        """From now on bytes arrive in small pieces, each after a pause: something comes all the time."""
        self._dripping = True

    def heal(self) -> None:
        """New connections arrive again, and at once; those that died stay dead."""
        self._swallowing = self._down = self._dripping = False

    def down(self) -> None:
        """End all that is open, and let nobody in."""
        self._down = True
        self.cut()

    def cut(self) -> None:
        """End all that is open, so that both ends know."""
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def close(self) -> None:
        """The end of it."""
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                if self._down:
                    near.close()
                    continue
                try:
                    far = socket.create_connection(("127.0.0.1", self._target), 5)
                except OSError:
                    near.close()
                    continue
                far.settimeout(None)
                self._open += [near, far]
                if self._swallowing:
                    self._dead.update((near, far))
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if source not in self._dead:
                    self._send(sink, data)
        if source not in self._dead:
            with suppress(OSError):
                sink.shutdown(socket.SHUT_RDWR)

    def _send(self, sink: socket.socket, data: bytes) -> None:
        while self._dripping and data:
            sink.sendall(data[:PIECE])
            data = data[PIECE:]
            time.sleep(PAUSE)
        sink.sendall(data)


@contextmanager
def line_to(target: int) -> Iterator[Line]:
    """A line to the server on the port `target`."""
    line = Line(target)
    try:
        yield line
    finally:
        line.close()
