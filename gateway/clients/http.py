"""The one way from a page to a service: who asks, from where, within how long, and what a refusal becomes."""

import logging
from collections.abc import Mapping
from typing import Any

import httpx
from flask import g, request

from backbone.errors import FieldError
from backbone.strict_json import NotStrict, loads
from gateway.clients.problem import Problem, away

log = logging.getLogger(__name__)


class ServiceClient:
    """Base of the clients. A method of a client is one call of `send`."""

    def __init__(self, base_url: str, *, timeout: float, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(
            base_url=f"{base_url.rstrip('/')}/v1",
            timeout=httpx.Timeout(timeout, connect=min(2.0, timeout)),
            limits=httpx.Limits(max_connections=40, max_keepalive_connections=20),
            transport=transport,
            trust_env=False,
        )

    def send(
        self, method: str, path: str, *, public: bool = False, headers: Mapping[str, str] | None = None, **content: Any
    ) -> httpx.Response:
        """Call the service as the person of the page (or as nobody when `public`). Raises Problem."""
        return self._asked(method, path, public, headers, content)

    def stream(self, path: str, *, public: bool = False, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """GET a file: the answer is still to be read, piece by piece, and closed by the caller. Raises Problem."""
        plain = {**(headers or {}), "Accept-Encoding": "identity"}  # its length is passed on
        return self._asked("GET", path, public, plain, {}, stream=True)

    def _asked(
        self,
        method: str,
        path: str,
        public: bool,
        headers: Mapping[str, str] | None,
        content: Mapping[str, Any],
        *,
        stream: bool = False,
    ) -> httpx.Response:
        sent = {**_about_the_browser(), **({} if public else _bearer()), **(headers or {})}
        try:
            asked = self._http.build_request(method, path, headers=sent, **content)
            answer = self._http.send(asked, stream=stream)
            if answer.status_code >= 400:
                answer.read()
        except httpx.HTTPError as error:
            g.away = True
            log.warning("service away: %s %s: %s", method, path.partition("?")[0], type(error).__name__)
            raise away() from error
        if answer.status_code >= 400:
            raise _problem(answer)
        return answer

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """Call the service (`send`) for what it answers, read. Raises Problem: M15 for what is no JSON of ours."""
        answer = self.send(method, path, **options)
        try:
            return loads(answer.content)
        except NotStrict as error:
            log.warning("service unreadable: %s %s: %s", method, path.partition("?")[0], error)
            raise away() from error


def _about_the_browser() -> dict[str, str]:
    return {
        "X-Forwarded-For": request.remote_addr or "",
        "X-Request-ID": g.get("request_id", ""),
        "Accept": "application/json",
    }


def _bearer() -> dict[str, str]:
    return {"Authorization": f"Bearer {g.token}"} if g.get("token") else {}


def _problem(answer: httpx.Response) -> Problem:
    """A refusal as the page will show it; a failure of the service is not detailed to people (M15)."""
    try:
        body = loads(answer.content)
    except NotStrict:
        body = {}
    body = body if isinstance(body, dict) else {}
    reference = str(body.get("instance", ""))
    if answer.status_code >= 500:
        log.warning("service failed: %s %s", answer.status_code, answer.request.url.path)
        return away(reference)
    return Problem(
        status=answer.status_code,
        code=str(body.get("code", "refuse")),
        detail=str(body.get("detail", "")),
        errors=tuple(
            FieldError(str(e.get("field", "")), str(e.get("code", "")), str(e.get("message", "")))
            for e in body.get("errors") or ()
            if isinstance(e, dict)
        ),
        retry_after=answer.headers.get("Retry-After"),
        reference=reference,
    )
