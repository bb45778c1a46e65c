"""Real tokens for tests, signed with a key made for this process."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from backbone.rights.tokens import ALGORITHM, ISSUER, TYPE

SERVICES = ("identity", "delegation", "notification", "dsn", "contact", "sample")
KEY = ECKey.generate_key("P-256", auto_kid=True)


def jwks() -> Mapping[str, Any]:
    """The public side of the test key."""
    return KeySet([KEY]).as_dict(private=False)


def user_token(account_id: UUID, session_id: UUID, now: datetime, **claims: Any) -> str:
    """A person's token, valid from `now` for five minutes; `claims` override."""
    return _sign(
        {"sub": str(account_id), "sid": str(session_id), "amr": ["pwd"], "auth_time": _seconds(now)}, now, claims
    )


def machine_token(scopes: Iterable[str], now: datetime, **claims: Any) -> str:
    """A machine client's token."""
    return _sign({"sub": "test-client", "client": True, "scope": " ".join(scopes)}, now, claims)


def _sign(own: dict[str, Any], now: datetime, claims: Mapping[str, Any]) -> str:
    at = _seconds(now)
    common = {"iss": ISSUER, "aud": list(SERVICES), "iat": at, "nbf": at, "exp": at + 300}
    header = {"alg": ALGORITHM, "kid": KEY.kid, "typ": TYPE}
    return jwt.encode(header, {**common, **own, **claims}, KEY, algorithms=[ALGORITHM])


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
