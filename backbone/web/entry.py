"""Who may enter a route, and in what form: said by a decorator, enforced in one place before the view runs.

A route that does not say it cannot be served: the application refuses to start.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from flask import Flask, g, request
from werkzeug.exceptions import UnsupportedMediaType

from backbone.errors import AccessRefused, NotSignedIn
from backbone.rights.tokens import Principal

View = TypeVar("View", bound=Callable[..., Any])
JSON = ("application/json",)


@dataclass(frozen=True)
class Entry:
    """`kind` is public, signed_in or machine; a machine needs `scope`. `types` and `max_bytes` bound the body."""

    kind: str = ""
    scope: str = ""
    types: tuple[str, ...] = JSON
    max_bytes: int = 64 * 1024


def public(view: View) -> View:
    """Anyone may call: the route itself decides by what it is given (a password, a link token)."""
    return _say(view, kind="public")


def signed_in(view: View) -> View:
    """A person with a live session."""
    return _say(view, kind="signed_in")


def machine(scope: str) -> Callable[[View], View]:
    """A machine client that was given `scope`."""
    return lambda view: _say(view, kind="machine", scope=scope)


def accepts(*types: str, max_bytes: int) -> Callable[[View], View]:
    """A body that is not JSON of at most 64 kB (C11): its media types and its largest size in bytes."""
    return lambda view: _say(view, types=types, max_bytes=max_bytes)


def entry_of(view: Callable[..., Any]) -> Entry | None:
    """What the decorators of `view` said."""
    return getattr(view, "entry", None)


def person() -> UUID:
    """The account of who calls, on a route that lets only persons in. Raises NotSignedIn."""
    account_id = principal().account_id
    if account_id is None:
        raise NotSignedIn
    return account_id


def principal() -> Principal:
    """Who makes this request. NotSignedIn on a public route."""
    found: Principal | None = g.get("principal")
    if found is None:
        raise NotSignedIn
    return found


def check_all_say(app: Flask, ours: Sequence[str]) -> None:
    """RuntimeError when a route of the blueprints `ours` does not say who may enter."""
    silent = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint.split(".")[0] in ours and (entry_of(view) is None or not entry_of(view).kind)  # type: ignore[union-attr]
    ]
    if silent:
        raise RuntimeError(f"these routes do not say who may enter: {', '.join(sorted(silent))}")


def enforce(authenticate: Callable[[str], Principal]) -> None:
    """Before a view: the body's form, then the caller. `authenticate` turns a bearer token into a principal."""
    from flask import current_app

    view = current_app.view_functions.get(request.endpoint or "")
    entry = entry_of(view) if view else None
    if entry is None:
        return
    request.max_content_length = entry.max_bytes
    # A body in chunks has no length; its type counts all the same, or `+json` would come to another reader.
    has_body = request.content_length or "Transfer-Encoding" in request.headers
    if has_body and request.mimetype not in entry.types:
        raise UnsupportedMediaType
    if entry.kind == "public":
        return
    g.principal = authenticate(_bearer())
    if entry.kind == "machine" and entry.scope not in g.principal.scopes:
        raise AccessRefused
    if entry.kind == "signed_in" and g.principal.account_id is None:
        raise AccessRefused


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn
    return token


def _say(view: View, **said: Any) -> View:
    view.entry = replace(entry_of(view) or Entry(), **said)  # type: ignore[attr-defined]
    return view
