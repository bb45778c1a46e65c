"""The five services at the HTTP edge, for page tests only: each answers its contract and remembers the call.

Every call and every answer is held against the committed documents (`docs/api/`); what these do not say is in `untrue`.
A test that wants an answer that no service gives says so: `breaks`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from backbone.testing.contract import contract
from contracts.words.services import SERVICES
from tests.gateway import examples
from tests.gateway.refusal import refusal

Answer = tuple[int, Any] | tuple[int, Any, dict[str, str]]


class Broken(tuple[Any, ...]):
    """An answer that no service gives."""


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
    untrue: list[str] = field(default_factory=list)

    def forget(self) -> None:
        """Back to the examples, nothing called, nobody away."""
        self.answers = dict(examples.ANSWERS)
        self.calls.clear()
        self.away.clear()
        self.untrue.clear()

    def transports(self) -> dict[str, httpx.BaseTransport]:
        return {name: httpx.MockTransport(self._answer(name)) for name in SERVICES}

    def refuse(self, call: str, status: int, code: str, detail: str, *errors: tuple[str, str], **headers: str) -> None:
        """Make `call` answer a problem; errors are (field, message)."""
        self.answers[call] = refusal(status, code, detail, *errors, **headers)

    def breaks(self, call: str, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        """Make `call` answer what no service answers: what stands between, or a fault."""
        self.answers[call] = Broken((status, body, headers or {}))

    def called(self, call: str) -> list[Call]:
        """The calls made to « METHOD /path »."""
        method, _, path = call.partition(" ")
        return [one for one in self.calls if (one.method, one.path) == (method, path)]

    def _answer(self, service: str) -> Callable[[httpx.Request], httpx.Response]:
        def answer(request: httpx.Request) -> httpx.Response:
            path = request.url.path.removeprefix("/v1")
            query = dict(request.url.params)
            call = Call(service, request.method, path, request.headers, query, request.read())
            self.calls.append(call)
            if service in self.away:
                raise httpx.ConnectError("away")
            return self._respond(call)

        return answer

    def _respond(self, call: Call) -> httpx.Response:
        name = f"{call.method} {call.path}"
        found = self.answers.get(f"{call.service}: {name}", self.answers.get(name, examples.NOT_FOUND))
        answer = found(call.query) if callable(found) else found
        if found is examples.NOT_FOUND and call.service == "delegation" and call.path.endswith("/home"):
            # The site as a test has it, with its home page.
            answer = self.answers.get(name.removesuffix("/home"), answer)
            answer = (200, {**answer[1], **examples.HOME}) if answer[0] == 200 else answer
        status, body, *headers = answer
        known = {"ETag": f'"{body["version"]}"'} if isinstance(body, dict) and "version" in body else {}
        extra = headers[0] if headers else known
        if isinstance(body, bytes):
            response = httpx.Response(status, content=body, headers=extra)
        else:
            response = httpx.Response(status, json=body, headers=extra) if body is not None else httpx.Response(status)
        self.untrue += _faults(call, response, body, held=not isinstance(answer, Broken))
        return response


def _faults(call: Call, answer: httpx.Response, body: Any, *, held: bool) -> list[str]:
    """What the document of the service does not say of a call, and of its answer when it is `held` to it."""
    said = contract(call.service)
    operation = said.find(call.method, f"/v1{call.path}") if said else None
    if said is None or operation is None:
        return [f"{call.service} has no {call.method} {call.path}"]
    sent = call.headers.get("Content-Type", "").partition(";")[0]
    faults = list(said.request_faults(operation, call.headers, call.query, sent, call.content))
    if held:
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        faults += said.faults(operation, answer.status_code, kind, answer.headers, body)
    return [f"{call.service} {call.method} {call.path}: {one}" for one in faults]
