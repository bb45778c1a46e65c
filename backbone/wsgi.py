"""The WSGI application of one service, for gunicorn: `gunicorn "backbone.wsgi:application('identity')"`."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from backbone.fetching import get
from backbone.rights.tokens import PublicKeys
from backbone.shape.service import Service
from backbone.strict_json import loads
from backbone.web import make_api
from backbone.web.watch import watch_of

WHOLE = 5.0  # seconds for the whole answer
LARGEST_KEYS = 1024 * 1024


def application(name: str) -> Flask:
    """The API of the service `name`, built from the environment."""
    from backbone.__main__ import load

    service = load(name)
    return make_api(service, keys_from(service), watch_of(service))


def keys_from(service: Service) -> PublicKeys:
    """How this service gets identity's public keys: its own port (identity), or over HTTP."""
    own = service.wiring.get(PublicKeys)
    if own is not None:
        return own
    url = service.settings.jwks_url
    if not url.startswith(("http://", "https://")):
        raise ValueError("ESPACE_JWKS_URL must be an http address")

    def fetch() -> Mapping[str, Any]:
        status, body = get(url, timeout=2.0, whole=WHOLE, most=LARGEST_KEYS)
        if status != 200:
            raise OSError(f"the keys are not given: {status}")
        return dict(loads(body))

    return fetch
