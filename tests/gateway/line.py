"""A line from the pages to a real service, which loses answers."""

from typing import Any

import httpx


class Cut(httpx.BaseTransport):
    """The real service behind a line that loses the answers to the next `cuts` posts to `path`, once they are made."""

    def __init__(self, app: Any) -> None:
        self._inner, self.cuts = httpx.WSGITransport(app=app), 0
        self.path = ""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        answer.read()
        if request.method == "POST" and self.cuts and self.path in request.url.path:
            self.cuts -= 1
            raise httpx.ReadTimeout("the line was cut", request=request)
        return answer
