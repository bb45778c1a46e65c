"""Every error leaves as one problem document (RFC 9457, C1): stable `code`, French `detail`, the fields at fault."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy.exc
from flask import Flask, Response, current_app, g, json, request
from werkzeug.exceptions import HTTPException

from backbone import metrics
from backbone.errors import (
    INCORRECT,
    AccessRefused,
    FieldError,
    Illegible,
    NotFound,
    NotSignedIn,
    Refused,
    StoreAway,
    TriedTooOften,
)
from backbone.strict_json import NotStrict

log = logging.getLogger(__name__)
security = logging.getLogger("security")

PROBLEM = "application/problem+json"
ILLEGIBLE = (Illegible.slug, Illegible.detail)
DEFAULTS = {
    400: ILLEGIBLE,
    401: (NotSignedIn.slug, NotSignedIn.detail),
    403: (AccessRefused.slug, AccessRefused.detail),
    404: (NotFound.slug, NotFound.detail),
    405: ("methode_refusee", "Cette action n'est pas possible ici."),
    406: ("format_refuse", "Ce format de réponse n'est pas disponible."),
    413: ("trop_volumineux", "L'envoi est trop volumineux."),
    414: ("adresse_trop_longue", "L'adresse demandée est trop longue."),
    415: ("type_refuse", "Ce type de contenu n'est pas accepté."),
    422: ("invalide", INCORRECT),
    429: (TriedTooOften.slug, TriedTooOften.detail),
    503: (StoreAway.slug, StoreAway.detail),
}
FAILED = ("erreur_interne", "Une erreur est survenue. Réessayez dans quelques instants.")


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer for an error."""
    body = {
        "type": "about:blank",
        "title": code,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": [{"field": one.field, "code": one.code, "message": one.message} for one in errors],
        "instance": g.get("request_id", ""),
    }
    response = Response(json.dumps(body, ensure_ascii=False), status, mimetype=PROBLEM)
    response.headers.update(headers or {})
    _note(status, code)
    return response


def register(app: Flask) -> None:
    """Turn refusals, HTTP errors, unreadable JSON and a database that is away into problems; hide everything else."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotStrict, lambda _: problem(400, *ILLEGIBLE))
    app.register_error_handler(HTTPException, _http)
    for away in (sqlalchemy.exc.OperationalError, sqlalchemy.exc.InterfaceError, sqlalchemy.exc.TimeoutError):
        app.register_error_handler(away, _store_away)
    app.register_error_handler(Exception, _unexpected)


def _refused(error: Refused) -> Response:
    return problem(error.status, error.slug, error.detail, errors=error.errors, headers=error.headers)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 422:
        errors = list(_flatten(getattr(error, "data", {}).get("messages", {})))
        return problem(422, *DEFAULTS[422], errors=errors)
    code, detail = DEFAULTS.get(status, FAILED)
    allowed = dict(error.get_headers()).get("Allow")
    return problem(status, code, detail, headers={"Allow": allowed} if allowed else {})


def _store_away(error: Exception) -> Response:
    # The driver's own word tells a dead line from a lock that was waited for in vain; its text may hold values.
    cause = getattr(error, "orig", None) or error.__cause__
    names = [type(one).__name__ for one in (error, cause) if one]
    log.warning("the database is away: %s", ": ".join(names))
    return problem(503, StoreAway.slug, StoreAway.detail, headers={"Retry-After": "5"})


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error on %s", request.url_rule, exc_info=error)
    return problem(500, *FAILED)


def _flatten(messages: Any, path: tuple[str, ...] = ()) -> Iterator[FieldError]:
    """marshmallow's nested messages, one error a field; the first level says json, query, form or files: dropped."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from _flatten(inner, (*path, str(name)))
        return
    fields = [name for name in path[1:] if name != "_schema"]
    for message in messages if isinstance(messages, list) else [messages]:
        yield FieldError(".".join(fields), "invalide", str(message))


def _note(status: int, code: str) -> None:
    """One line for the security log for each refusal (OWASP vocabulary names the rest where they happen)."""
    route = str(request.url_rule or "?")
    metrics.REFUSALS.labels(current_app.name, code).inc()
    if status in (401, 403, 404, 410, 413, 422, 429):
        caller = g.get("principal")
        extra = {"status": status, "code": code, "route": route, "caller": caller.owner if caller else "-"}
        security.warning("refused", extra=extra)
