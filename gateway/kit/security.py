"""What every answer carries and every POST proves: CSRF token and origin, headers, no cache (ASVS 3.4, 3.5)."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from flask import Flask, Response, abort, g, request
from flask_wtf.csrf import CSRFProtect

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}
SAFE = ("GET", "HEAD", "OPTIONS")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


csrf = CSRFProtect()


def unforgeable(page: Callable[..., Any]) -> Callable[..., Any]:
    """A POST whose address itself proves that it may be made: no other site knows it, and the mail server that makes it
    carries no form of ours."""
    csrf.exempt(page)
    return page


def protect(app: Flask) -> None:
    """Guard every request and answer of `app`."""
    app.before_request(_name_the_request)
    app.before_request(_refuse_foreign_posts)
    csrf.init_app(app)
    app.after_request(_add_headers)


def _name_the_request() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if REQUEST_ID.fullmatch(given) else uuid4().hex


def _refuse_foreign_posts() -> None:
    """A POST comes from our own pages: the browser says so itself, beside the token (AA21)."""
    if request.method in SAFE:
        return
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site and fetch_site not in ("same-origin", "none"):
        abort(403)
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        abort(403)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    response.headers["X-Request-ID"] = g.get("request_id", "")
    return response
