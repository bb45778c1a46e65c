"""The five services as they are served, to be asked what each must refuse. One set for a whole file of tests."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from joserfc.jws import JWSRegistry

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.testing import tokens
from contracts.words.services import SERVICES as NAMES
from tests.service.together.system import Together

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
HEADER = {"alg": "ES256", "kid": tokens.KEY.kid, "typ": "JWT"}
COMMON = {"iss": "espace-identity", "iat": SECONDS, "nbf": SECONDS, "exp": SECONDS + 300}
PERSON = {"sub": str(new_id()), "sid": str(new_id()), "auth_time": SECONDS}
MACHINE = {"sub": "caisse", "client": True, "scope": "notification:read"}
# What each answers to a token that it believes: the account that nobody made is unknown to identity.
ROUTES = {
    "identity": ("/v1/account/sessions", 200),
    "delegation": ("/v1/access", 200),
    "notification": ("/v1/deliveries", 200),
    "dsn": ("/v1/sites", 200),
    "contact": ("/v1/messages", 200),
}


def five(folder: Path) -> Iterator[Together]:
    """The services, on SQLite: a token is judged before any table is read."""
    made = Together(lambda name: f"sqlite:///{folder / name}.db", folder, FixedClock(NOW), NAMES)
    yield made
    made.close()


def claims_for(service: str, **changes: Any) -> dict[str, Any]:
    """The claims of a token that `service` believes, but for what is said; None leaves it out."""
    who = MACHINE if service == "notification" else PERSON
    said = {**COMMON, **who, "aud": [service], **changes}
    return {name: value for name, value in said.items() if value is not None}


def signed(header: str, payload: str) -> str:
    """A token of exactly these texts, with a true signature of identity's."""
    parts = b".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in (header, payload))
    signature = JWSRegistry.algorithms["ES256"].sign(parts, tokens.KEY)  # type: ignore[attr-defined]
    return (parts + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


def token(service: str, header: dict[str, Any] | None = None, **changes: Any) -> str:
    """A token for `service`, but for what is said."""
    head = {name: value for name, value in {**HEADER, **(header or {})}.items() if value is not None}
    return signed(json.dumps(head), json.dumps(claims_for(service, **changes)))
