"""The four services at the HTTP edge, for page tests only: each answers its contract and remembers the call."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.gateway import examples

Answer = tuple[int, Any] | tuple[int, Any, dict[str, str]]


@dataclass
class Call:
    """One request a page made."""

    service: str
    method: str
    path: str
    headers: httpx.Headers
    query: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass
class FakeServices:
    """Answers by « METHOD /path »; `answers` may be changed by a test."""

    answers: dict[str, Any] = field(default_factory=lambda: dict(examples.ANSWERS))
    calls: list[Call] = field(default_factory=list)
    away: set[str] = field(default_factory=set)

    def forget(self) -> None:
        """Back to the examples, nothing called, nobody away."""
        self.answers = dict(examples.ANSWERS)
        self.calls.clear()
        self.away.clear()

    def transports(self) -> dict[str, httpx.BaseTransport]:
        return {name: httpx.MockTransport(self._answer(name)) for name in ("identity", "delegation", "dsn", "contact")}

    def refuse(self, call: str, status: int, code: str, detail: str, *errors: tuple[str, str], **headers: str) -> None:
        """Make `call` answer a problem; errors are (field, message)."""
        listed = [{"field": name, "code": code, "message": message} for name, message in errors]
        body = {"code": code, "detail": detail, "errors": listed, "status": status, "instance": "requete-1"}
        self.answers[call] = (status, body, {name.replace("_", "-"): value for name, value in headers.items()})

    def called(self, call: str) -> list[Call]:
        """The calls made to « METHOD /path »."""
        method, _, path = call.partition(" ")
        return [one for one in self.calls if (one.method, one.path) == (method, path)]

    def _answer(self, service: str) -> Callable[[httpx.Request], httpx.Response]:
        def answer(request: httpx.Request) -> httpx.Response:
            path = request.url.path.removeprefix("/v1")
            query = dict(request.url.params)
            self.calls.append(Call(service, request.method, path, request.headers, query, request.read()))
            if service in self.away:
                raise httpx.ConnectError("away")
            return self._respond(f"{service}: {request.method} {path}", f"{request.method} {path}", query)

        return answer

    def _respond(self, precise: str, call: str, query: dict[str, str]) -> httpx.Response:
        found = self.answers.get(precise, self.answers.get(call, (404, {"code": "introuvable", "detail": ""})))
        status, body, *headers = found(query) if callable(found) else found
        extra = headers[0] if headers else {}
        if isinstance(body, bytes):
            return httpx.Response(status, content=body, headers=extra)
        return httpx.Response(status, json=body, headers=extra) if body is not None else httpx.Response(status)
