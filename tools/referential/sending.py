"""The caisse's side of the import: a machine token kept fresh, and chunks sent until they are answered."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from backbone.strict_json import NotStrict, loads
from tools.referential.chunks import LINES, Chunk, chunks, format_of

TYPES = {"csv": "text/csv", "jsonl": "application/x-ndjson"}
ATTEMPTS = 8
LONGEST_WAIT = 15.0
PASSING = (429, 500, 502, 503, 504)


class Refused(Exception):
    """The import cannot go on; the message is the sentence for the operator."""


@dataclass
class Totals:
    """What became of the lines sent so far."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    lines: int = 0

    def add(self, chunk: Chunk, report: dict[str, Any]) -> None:
        """Count a chunk's report."""
        self.lines += chunk.lines
        for name in ("created", "updated", "unchanged"):
            setattr(self, name, getattr(self, name) + report[name])
        self.rejected += len(report["rejected"])

    @property
    def counted(self) -> int:
        """How many lines something was said of: none of a file that holds nothing."""
        return self.created + self.updated + self.unchanged + self.rejected


@dataclass
class Caisse:
    """A machine client of the system."""

    client: httpx.Client
    url: str
    identity_url: str
    client_id: str
    secret: str
    wait: Callable[[float], None] = time.sleep
    tell: Callable[[str, float], None] = lambda _problem, _seconds: None  # before each wait: why, and how long
    _bearer: str = field(default="", init=False)

    def send(self, path: Path, lines: int = LINES) -> Iterator[tuple[Chunk, dict[str, Any]]]:
        """Send the file chunk by chunk; each with its report. Raises Refused."""
        format = format_of(path)
        started = self.post("/v1/imports", json={"format": format, "name": path.name[:200]})
        target = f"/v1/imports/{started['import_id']}/lines"
        for chunk in chunks(path, lines):
            headers = {"Content-Type": TYPES[format]}
            yield chunk, self.post(target, params={"first": chunk.first}, content=chunk.body, headers=headers)

    def post(self, path: str, *, headers: dict[str, str] | None = None, **content: Any) -> dict[str, Any]:
        """POST until it is answered: the same Idempotency-Key each time, so that a repeat changes nothing (C3)."""
        key = {"Idempotency-Key": str(uuid4())}
        problem = ""
        for attempt in range(ATTEMPTS):
            try:
                answer = self._try(path, {**(headers or {}), **key}, content)
            except httpx.TransportError as error:
                problem = f"{self.url} ne répond pas ({type(error).__name__})"
                answer = None
            if answer is not None and answer.is_success:
                return _read(answer)
            if answer is not None:
                problem = _told(answer)
                if answer.status_code not in PASSING:
                    break
            if attempt < ATTEMPTS - 1:
                seconds = min(0.5 * 2**attempt, LONGEST_WAIT)
                self.tell(problem, seconds)
                self.wait(seconds)
        raise Refused(problem)

    def _try(self, path: str, headers: dict[str, str], content: dict[str, Any]) -> httpx.Response:
        for fresh in (False, True):
            if fresh or not self._bearer:
                self._bearer = self._token()
            bearer = {"Authorization": f"Bearer {self._bearer}"}
            answer = self.client.post(f"{self.url}{path}", headers={**headers, **bearer}, **content)
            # A token lives five minutes; a long file outlives it.
            if answer.status_code != httpx.codes.UNAUTHORIZED:
                break
        return answer

    def _token(self) -> str:
        form = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": self.secret}
        answer = self.client.post(f"{self.identity_url}/v1/token", data=form)
        if answer.status_code in PASSING:
            raise httpx.TransportError("no token for now")
        if not answer.is_success:
            raise Refused(f"identity refuse le client {self.client_id} : {_told(answer)}")
        return str(_read(answer)["access_token"])


def _read(answer: httpx.Response) -> dict[str, Any]:
    """What was answered. Refused when it is not JSON: a proxy's page, for instance."""
    try:
        return dict(loads(answer.content))
    except (NotStrict, TypeError, ValueError):
        raise Refused(f"réponse illisible ({answer.status_code})") from None


def _told(answer: httpx.Response) -> str:
    """The French sentence of a problem document, or the status."""
    try:
        return str(loads(answer.content)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"réponse {answer.status_code}"
