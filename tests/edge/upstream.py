"""What stands behind the edge in these tests: a small HTTP server that keeps what reached it, and answers as told."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.support.ports import free_port


@dataclass(frozen=True)
class Reached:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    size: int


@dataclass
class Upstream:
    """`reached` holds the requests in order; `answer_headers` go into every answer."""

    port: int = field(default_factory=free_port)
    reached: list[Reached] = field(default_factory=list)
    answer_headers: dict[str, str] = field(default_factory=dict)
    server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        """Listen."""
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler())
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Be away: connections are refused."""
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                size = len(self.rfile.read(int(self.headers.get("Content-Length", 0))))
                headers = {name.lower(): value for name, value in self.headers.items()}
                upstream.reached.append(Reached(self.command, self.path, headers, size))
                self.send_response(200)
                for name, value in upstream.answer_headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "2")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(b"ok")

            do_GET = do_POST = do_PUT = do_HEAD = answer

            def log_message(self, *_: object) -> None:
                pass

        return Handler
