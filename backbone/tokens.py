"""Reading identity's tokens offline: ES256 only, keys from configuration only, purpose and audience checked (ASVS 9).

Signing is identity's; a test signs with the same few lines.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from backbone.clock import Clock
from backbone.errors import NotSignedIn

ISSUER, AUDIENCE, ALGORITHM = "espace-identity", "espace", "ES256"
LEEWAY = 5
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


class Keys:
    """identity's public keys, fetched with `fetch` (a JWKS as a mapping) and kept; a new key id fetches again.

    An identity that is away does not matter as long as the key is known. `cooldown` bounds how often an unknown key
    id may make us ask.
    """

    def __init__(self, fetch: Callable[[], Mapping[str, Any]]) -> None:
        self._fetch, self._lock = fetch, threading.Lock()
        self._keys: KeySet | None = None
        self._fetched = self._asked = float("-inf")

    def get(self, kid: str) -> Any:
        """The key `kid`. NotSignedIn when identity does not publish it."""
        with self._lock:
            now = time.monotonic()
            stale = now - self._fetched > KEEP_SECONDS
            if (self._find(kid) is None or stale) and now - self._asked > ASK_AGAIN_SECONDS:
                self._refresh(now)
            key = self._find(kid)
        if key is None:
            raise NotSignedIn
        return key

    def _refresh(self, now: float) -> None:
        self._asked = now
        try:
            self._keys = KeySet.import_key_set(dict(self._fetch()))  # type: ignore[arg-type]
            self._fetched = now
        except Exception:
            if self._keys is None:
                self._asked = float("-inf")  # nothing known yet: the next request asks again
                raise

    def _find(self, kid: str) -> Any:
        return next((key for key in self._keys.keys if key.kid == kid), None) if self._keys else None


def verify(token: str, keys: Keys, clock: Clock) -> Principal:
    """Who `token` speaks for. NotSignedIn when it is forged, expired, not for us, or not readable."""
    try:
        kid = _kid(token)
        decoded = jwt.decode(token, keys.get(kid), algorithms=[ALGORITHM])
        return _principal(decoded.claims, int(clock.now().timestamp()))
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotSignedIn from error


def _kid(token: str) -> str:
    from joserfc import jws

    return str(jws.extract_compact(token.encode()).headers()["kid"])


def _principal(claims: Mapping[str, Any], now: int) -> Principal:
    if claims["iss"] != ISSUER or claims["aud"] != AUDIENCE:
        raise ValueError("not for us")
    if claims["exp"] + LEEWAY <= now or claims["iat"] - LEEWAY > now:
        raise ValueError("not now")
    if claims.get("client"):
        return Principal(None, client_id=claims["sub"], scopes=frozenset(claims["scope"].split()))
    return Principal(
        UUID(claims["sub"]),
        session_id=UUID(claims["sid"]),
        authenticated_at=datetime.fromtimestamp(claims["auth_time"], UTC),
    )
