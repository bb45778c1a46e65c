"""Reading identity's tokens offline: ES256 only, keys from configuration only; type, times and audience
checked (ASVS 9).

Signing is identity's; a test signs with the same few lines.
"""

import logging
import threading
import time
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from backbone.clock import APART, Clock
from backbone.errors import NotSignedIn, StoreAway
from backbone.strict_json import loads

log = logging.getLogger(__name__)
ISSUER, ALGORITHM, TYPE = "espace-identity", "ES256", "JWT"
LONGEST = 300  # seconds
# identity's database says when a token begins and ends, another's judges. Their clocks may differ by five minutes, and
# as a token lives no longer than that it is read for a minute more.
EARLY, LATE = int(APART.total_seconds()), 60
KEEP_SECONDS = 300.0
ASK_AGAIN_SECONDS = 5.0


@dataclass(frozen=True)
class Principal:
    """Who asks: a person's account with its session, or a machine client with its scopes."""

    account_id: UUID | None
    session_id: UUID | None = None
    client_id: str | None = None
    scopes: frozenset[str] = frozenset()
    authenticated_at: datetime | None = None

    @property
    def owner(self) -> str:
        """A stable name for what belongs to this caller."""
        return f"client:{self.client_id}" if self.client_id else f"account:{self.account_id}"


class PublicKeys(Protocol):
    """Where identity's public keys come from: identity itself, or a question over HTTP."""

    def __call__(self) -> Mapping[str, Any]:
        """The keys as a JWKS. OSError when nobody answers."""


class Keys:
    """identity's public keys, fetched with `fetch` (a JWKS as a mapping) and kept; a new key id fetches again.

    An identity that is away does not matter as long as the key is known: who holds one never waits for a question that
    another asks. An unknown key id makes us ask once in `ASK_AGAIN_SECONDS`.
    """

    def __init__(self, fetch: PublicKeys) -> None:
        self._fetch, self._lock = fetch, threading.Lock()
        self._keys: KeySet | None = None
        self._fetched = self._asked = float("-inf")

    def get(self, kid: str) -> Any:
        """The key `kid`. NotSignedIn when identity does not publish it, StoreAway while none of its keys is known."""
        key = self._find(kid)
        if key is None or time.monotonic() - self._fetched > KEEP_SECONDS:
            if self._lock.acquire(blocking=key is None):
                try:
                    self._refresh(kid)
                finally:
                    self._lock.release()
            key = self._find(kid)
        if key is None:
            raise NotSignedIn
        return key

    def _refresh(self, kid: str) -> None:
        now = time.monotonic()
        fresh = now - self._fetched <= KEEP_SECONDS and self._find(kid) is not None  # another asked meanwhile
        if fresh or now - self._asked <= ASK_AGAIN_SECONDS:
            return
        self._asked = now
        try:
            self._keys = KeySet.import_key_set(dict(self._fetch()))  # type: ignore[arg-type]
            self._fetched = now
        except Exception as error:
            log.warning("no keys of identity: %s", type(error).__name__)
            if self._keys is None:
                self._asked = float("-inf")  # nothing known yet: the next request asks again
                raise StoreAway(headers={"Retry-After": "5"}) from error

    def _find(self, kid: str) -> Any:
        return next((key for key in self._keys.keys if key.kid == kid), None) if self._keys else None


def verify(token: str, keys: Keys, clock: Clock, audience: str) -> Principal:
    """Who `token` speaks for, at the service `audience`. NotSignedIn when it is forged, expired, not for us, or not
    readable in one way only."""
    try:
        kid = _kid(token.partition(".")[0])
        found = jws.deserialize_compact(token, keys.get(kid), algorithms=[ALGORITHM])
        return _principal(loads(found.payload), int(clock.now().timestamp()), audience)
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotSignedIn from error


# identity writes the same header into every token of a key; what is no header of ours raises, and is not kept.
@lru_cache(maxsize=16)
def _kid(first: str) -> str:
    """The key that a token's first part, its header, names. It says what identity writes and nothing more: no key of
    its own, no address of one, no critical extension, and nothing twice."""
    header = loads(urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    if set(header) != {"alg", "kid", "typ"} or header["typ"] != TYPE or header["alg"] != ALGORITHM:
        raise ValueError("not a header of ours")
    return str(header["kid"])


def _principal(claims: Mapping[str, Any], now: int, audience: str) -> Principal:
    if claims["iss"] != ISSUER or not _is_for(claims["aud"], audience):
        raise ValueError("not for us")
    issued, expires, begins = claims["iat"], claims["exp"], claims["nbf"]
    if any(type(instant) is not int for instant in (issued, expires, begins)):
        raise TypeError("an instant is a whole number of seconds")
    if expires + LATE <= now or max(issued, begins) - EARLY > now or expires - issued > LONGEST:
        raise ValueError("not now, or for too long")
    if claims.get("client"):
        return Principal(None, client_id=claims["sub"], scopes=frozenset(claims["scope"].split()))
    return Principal(
        UUID(claims["sub"]),
        session_id=UUID(claims["sid"]),
        authenticated_at=datetime.fromtimestamp(claims["auth_time"], UTC),
    )


def _is_for(named: object, audience: str) -> bool:
    return isinstance(named, list) and audience in named
