"""The one way from a page to a service: who asks, from where, within how long, and what a refusal becomes.

What may change something carries the key of the form (`once.py`). When its answer is lost, after the request left, the
service may have done it: it is asked once more with the same key, and gives the answer that it gave. What only reads is
asked once more when its line breaks: the service may have closed one that had nothing to carry.
"""

import logging
from collections.abc import Mapping
from typing import Any

import httpx
from flask import g, request

from backbone.errors import FieldError
from backbone.strict_json import NotStrict, loads
from gateway.clients.line import BoundedTransport, within
from gateway.clients.once import act_key, carried
from gateway.clients.problem import Problem, away, spent, unknown

log = logging.getLogger(__name__)

READS = ("GET", "HEAD")
# The line broke under a request; one that keeps silent is not among them.
BROKEN = (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)
# The request left and nothing came back; a connection that was never made is not among them.
LOST = (*BROKEN, httpx.ReadTimeout, httpx.WriteTimeout)
KEPT = 2.0  # seconds that a line without a request is kept: gunicorn closes one that is older than its `keepalive`
UPLOAD = 4  # times as long for the whole of a request that carries files: 40 s by default, and gunicorn ends it at 60
MOST_OF_AGENT = 400
LOST_ON_THE_WAY = (502, 504)  # said by what stands between


class ServiceClient:
    """Base of the clients. A method of a client is one call of `send`."""

    def __init__(self, base_url: str, *, timeout: float, transport: httpx.BaseTransport | None = None) -> None:
        self._timeout = timeout
        limits = httpx.Limits(max_connections=40, max_keepalive_connections=20, keepalive_expiry=KEPT)
        self._http = httpx.Client(
            base_url=f"{base_url.rstrip('/')}/v1",
            timeout=httpx.Timeout(timeout, connect=min(2.0, timeout)),
            transport=transport or BoundedTransport(limits=limits, trust_env=False),
            trust_env=False,
        )

    def send(
        self,
        method: str,
        path: str,
        *,
        public: bool = False,
        secret: bool = False,
        headers: Mapping[str, str] | None = None,
        seconds: float | None = None,
        **content: Any,
    ) -> httpx.Response:
        """Call the service as the person of the page (or as nobody when `public`), within `seconds` where it may have
        less than the usual time. Raises Problem.

        `secret`: the answer holds a secret, which services never store: no key is sent and nothing is asked again.
        """
        sent = _headers(public, headers)
        if secret:
            return self._once(method, path, sent, content, seconds=seconds)
        if method in READS:
            try:
                return self._once(method, path, sent, content, seconds=seconds)
            except Problem as problem:
                if not isinstance(problem.__cause__, BROKEN):
                    raise
            return self._once(method, path, sent, content, seconds=seconds)
        sent["Idempotency-Key"] = act_key(method, path)
        try:
            return self._once(method, path, sent, content)
        except Problem as problem:
            if not _lost(problem):
                raise
        log.warning("answer lost, asked again: %s %s", method, path)
        try:
            return self._once(method, path, sent, _rewound(content))
        except Problem as problem:
            # 401: what was done may have ended the session that asked for it.
            if problem.status < 500 and problem.status != 401:
                raise
            raise unknown(problem.status == 401) from problem

    def stream(self, path: str, *, public: bool = False, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """GET a file: the answer is still to be read, piece by piece, and closed by the caller. Raises Problem.

        The limit of the whole ends where the file begins: from there its reader sets the pace, a limit for each piece.
        """
        plain = {**(headers or {}), "Accept-Encoding": "identity"}  # its length is passed on
        return self._once("GET", path, _headers(public, plain), {}, stream=True)

    def _once(
        self,
        method: str,
        path: str,
        sent: Mapping[str, str],
        content: Mapping[str, Any],
        *,
        stream: bool = False,
        seconds: float | None = None,
    ) -> httpx.Response:
        try:
            asked = self._http.build_request(method, path, headers=sent, **content)
            usual = UPLOAD * self._timeout if "files" in content else self._timeout
            with within(usual if seconds is None else min(seconds, usual)):
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

    def ask(self, method: str, path: str, *, by_form: bool = False, **options: Any) -> Any:
        """Call the service (`send`) for what it answers, to be read by `shape`. Raises Problem: M15 for what is no JSON
        of ours.

        `by_form`: the body says, as `act`, the key of the form that was sent: where the answer is a secret and no key
        may go with the request, the form sent again is known by it all the same (decision 35). A service of the version
        before refuses the field, and is asked without.
        """
        if by_form and (act := carried()):
            try:
                return self.ask(method, path, **{**options, "json": {**options["json"], "act": act}})
            except Problem as problem:
                if problem.status != 422:
                    raise
        answer = self.send(method, path, **options)
        try:
            return loads(answer.content)
        except NotStrict as error:
            log.warning("service unreadable: %s %s: %s", method, path.partition("?")[0], error)
            raise away() from error


def shown(version: int) -> dict[str, str]:
    """The header that names the version a decision was taken on."""
    return {"If-Match": f'"{version}"'}


def _lost(problem: Problem) -> bool:
    """Whether the service may have done what was asked, without our knowing."""
    return isinstance(problem.__cause__, LOST) or problem.lost


def _rewound(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same content: files that were read are read from their beginning."""
    for _, part in content.get("files", ()):
        if hasattr(part[1], "seek"):
            part[1].seek(0)
    return content


def _headers(public: bool, more: Mapping[str, str] | None) -> dict[str, str]:
    return {**_about_the_browser(), **({} if public else _bearer()), **(more or {})}


def _about_the_browser() -> dict[str, str]:
    return {
        "X-Forwarded-For": request.remote_addr or "",
        "X-Request-ID": g.get("request_id", ""),
        "User-Agent": _plain(request.user_agent.string),
        "Accept": "application/json",
    }


def _plain(text: str) -> str:
    """What a header may hold of what a browser says of itself: its owner is told which browser acted."""
    return "".join(one for one in text if " " <= one <= "~").strip()[:MOST_OF_AGENT]


def _bearer() -> dict[str, str]:
    return {"Authorization": f"Bearer {g.token}"} if g.get("token") else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


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
        problem = away(reference)
        problem.lost = answer.status_code in LOST_ON_THE_WAY
        return problem
    if body.get("code") == spent().code:
        return spent(reference)
    return Problem(
        status=answer.status_code,
        code=str(body.get("code", "refuse")),
        detail=str(body.get("detail", "")),
        errors=tuple(
            FieldError(str(e.get("field", "")), str(e.get("code", "")), str(e.get("message", "")))
            for e in _listed(body.get("errors"))
            if isinstance(e, dict)
        ),
        retry_after=answer.headers.get("Retry-After"),
        reference=reference,
    )
