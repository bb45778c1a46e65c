"""One address before several processes, as a container's name is on its network: each connection goes to the next."""

import socket
import threading
from contextlib import suppress


class Address:
    """Listens on its own `port`; `behind` are the ports of those who serve now."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._server.getsockname()[1]
        self.behind: list[int] = []
        self._turn = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Let nobody in any more."""
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                far = self._next()
                if far is None:
                    near.close()
                    continue
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=_pump, args=(source, sink), daemon=True).start()

    def _next(self) -> socket.socket | None:
        """A connection to the next of them that takes one."""
        for _ in range(len(self.behind)):
            self._turn += 1
            with suppress(OSError, ZeroDivisionError):
                return socket.create_connection(("127.0.0.1", self.behind[self._turn % len(self.behind)]), 5)
        return None


def _pump(source: socket.socket, sink: socket.socket) -> None:
    source.settimeout(None)
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
