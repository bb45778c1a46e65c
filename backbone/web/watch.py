"""Asking the owner of a projection that is too old to be believed, before a person's request is served by it.

The person's own token goes with the question, so nobody learns more than he may, and the owner checks it once more.
When the owner is away too, the request is refused (503, M15) before it read or changed anything.
"""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

import sqlalchemy.exc
from sqlalchemy.engine import Connection

from backbone.clock import APART, Clock
from backbone.errors import NotSignedIn, StoreAway
from backbone.events.context import current_trace
from backbone.fetching import get
from backbone.rights.authority import Authority, believed
from backbone.rights.standing import asking
from backbone.rights.tokens import Principal
from backbone.shape.config import SettingsError
from backbone.shape.service import Service
from backbone.strict_json import NotStrict, loads

TIMEOUT = 2.0
WHOLE = 5.0  # seconds for the whole answer, which for a large company is a long one
TOLD_SECONDS = 5.0  # how long an answer counts: part of the minute within which a right taken bites
CLOCK = "X-Clock"  # the owner's time, in its answers to somebody it knows
AWAY_SECONDS = 1.0  # how long nobody asks again an owner that did not answer
LARGEST_ANSWER = 16 * 1024 * 1024
MOST_TOLD = 10_000
log = logging.getLogger(__name__)


class Owners(Protocol):
    """The way to the owners."""

    def ask(self, owner: str, path: str, token: str) -> tuple[int, bytes]:
        """Status and body of GET `path` at `owner` for the bearer of `token`. OSError when it does not answer."""

    def ahead(self, owner: str) -> float:
        """The seconds by which the owner's clock is ahead of ours, as its last answer told; 0 before the first."""


@dataclass(frozen=True)
class Looked:
    """Whether the tokens of a session are dead, and whose projections are not believed now."""

    revoked: bool
    stale: Sequence[Authority]


class Watching(Protocol):
    """What the API asks before it serves a person."""

    def look(self, connection: Connection, session_id: UUID) -> Looked:
        """How that session and what the service follows stand now."""

    def ask(self, authority: Authority, caller: Principal, token: str) -> None:
        """Ask the owner about `caller`. NotSignedIn when the session is dead, StoreAway when nobody knows."""


class HttpOwners:
    """Owners at their addresses, {name: http://host:port}."""

    def __init__(self, addresses: Mapping[str, str], clock: Clock) -> None:
        self._addresses, self._clock, self._ahead = dict(addresses), clock, dict[str, float]()

    def ask(self, owner: str, path: str, token: str) -> tuple[int, bytes]:
        """See the protocol. It follows no redirection: a token goes where the settings say."""
        headers = {"Authorization": f"Bearer {token}", "X-Request-ID": current_trace().correlation_id}
        url, before = self._addresses[owner].rstrip("/") + path, self._clock.now()
        return get(
            url,
            headers=headers,
            timeout=TIMEOUT,
            whole=WHOLE,
            most=LARGEST_ANSWER + 1,
            heard=lambda told: self._compare(owner, told.get(CLOCK, ""), before),
        )

    def ahead(self, owner: str) -> float:
        """See the protocol."""
        return self._ahead.get(owner, 0.0)

    def _compare(self, owner: str, told: str, before: datetime) -> None:
        """Our clocks: the owner's was read half way between the question and now."""
        after = self._clock.now()
        with suppress(ValueError, TypeError, OverflowError):
            ahead = datetime.fromisoformat(told) - (before + (after - before) / 2)
            self._ahead[owner] = ahead.total_seconds() if abs(ahead) <= APART else 0.0


class Watch:
    """Watches the age of what `service` follows. An answer counts a few seconds for its session, in this process."""

    def __init__(self, service: Service, owners: Owners) -> None:
        self._service, self._owners, self._lock = service, owners, Lock()
        self._asked = asking(service.follows)
        self._told: dict[tuple[str, UUID | None], float] = {}
        self._away: dict[str, float] = {}

    def look(self, connection: Connection, session_id: UUID) -> Looked:
        """See the protocol."""
        found = self._asked(connection, session_id, self._service.clock.now())
        limit = self._service.settings.authority_max_age
        # An age is a difference of two clocks: by how much they differ is known since the owner last answered.
        age = {owner: known + self._owners.ahead(owner) for owner, known in found.ages.items()}
        return Looked(found.revoked, [one for one in self._service.follows if not believed(age[one.owner], limit)])

    def ask(self, authority: Authority, caller: Principal, token: str) -> None:
        """See the protocol. What the owner says is written where its events would have written it."""
        key, now = (authority.owner, caller.session_id), monotonic()
        if self._told.get(key, 0.0) > now:
            return
        if self._away.get(authority.owner, 0.0) > now:
            raise _away()
        body = self._answer(authority, token)
        if caller.account_id:
            self._take(authority, caller.account_id, body)
        self._note(key, now + TOLD_SECONDS)

    def _answer(self, authority: Authority, token: str) -> bytes:
        try:
            status, body = self._owners.ask(authority.owner, authority.path, token)
        except OSError as error:
            status, body = 0, type(error).__name__.encode()
        if status == 401:
            raise NotSignedIn
        if status == 200 and len(body) <= LARGEST_ANSWER:
            return body
        log.warning("%s does not answer: %s", authority.owner, status or body.decode())
        if status == 0 or status >= 500:
            self._away[authority.owner] = monotonic() + AWAY_SECONDS
        raise _away()

    def _take(self, authority: Authority, account_id: UUID, body: bytes) -> None:
        try:
            payload = loads(body)
            with self._service.unit() as uow:
                authority.take(uow.connection, account_id, payload)
                uow.commit()
        except (NotStrict, ValueError, LookupError, TypeError, AttributeError, sqlalchemy.exc.DataError) as error:
            log.error("the answer of %s cannot be used: %s", authority.owner, type(error).__name__)
            raise _away() from error

    def _note(self, key: tuple[str, UUID | None], until: float) -> None:
        with self._lock:
            if len(self._told) >= MOST_TOLD:
                now = monotonic()
                self._told = {one: at for one, at in self._told.items() if at > now}
            if len(self._told) < MOST_TOLD:
                self._told[key] = until


def watch_of(service: Service) -> Watch:
    """The watch of a service that runs alone. SettingsError when it is not told where an owner answers."""
    addresses = _addresses(service)
    lacking = sorted({one.owner for one in service.follows} - addresses.keys())
    if lacking:
        raise SettingsError(f"Settings of {service.name}: ESPACE_OWNERS does not say where {lacking[0]} answers.")
    return Watch(service, HttpOwners(addresses, service.clock))


def _addresses(service: Service) -> dict[str, str]:
    pairs: list[Any] = [part.strip().split("=", 1) for part in service.settings.owners.split(",") if part.strip()]
    if not all(len(pair) == 2 and urlsplit(pair[1]).scheme in ("http", "https") for pair in pairs):
        raise SettingsError(f"Settings of {service.name}: ESPACE_OWNERS reads name=http://host:port,name=….")
    return dict(pairs)


def _away() -> StoreAway:
    return StoreAway(headers={"Retry-After": "5"})
