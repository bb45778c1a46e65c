"""The Flask application of one service: its blueprints behind one entry check, one JSON reader, one error format."""

import json
import logging
import re
import time
from collections.abc import Callable
from threading import Lock
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, request
from flask_smorest import Api, Blueprint
from marshmallow import Schema
from werkzeug.datastructures import MultiDict
from werkzeug.middleware.proxy_fix import ProxyFix

from backbone.errors import NotSignedIn
from backbone.events.context import Trace, _current
from backbone.ids import new_id
from backbone.rights.tokens import Keys, Principal, PublicKeys, verify
from backbone.shape.service import Service
from backbone.strict_json import NotStrict, loads
from backbone.web import entry, problems
from backbone.web.commands import was_answered
from backbone.web.document import completed
from backbone.web.dumping import dumper
from backbone.web.questions import give_back, questions
from backbone.web.watch import CLOCK, Watching

access_log = logging.getLogger("access")
REQUEST_ID = re.compile(r"[\w-]{8,64}")


def blueprint(name: str, url_prefix: str = "/v1") -> Blueprint:
    """A group of routes, documented under `name`."""
    return _Blueprint(name, name, url_prefix=url_prefix)


class _Blueprint(Blueprint):
    """flask-smorest's, whose schemas are made once: webargs makes one for each request of what is given as a class,
    and marshmallow finds out for each value how to write it."""

    def arguments(self, schema: Any, **options: Any) -> Any:
        """See flask-smorest."""
        return super().arguments(_made(schema), **options)

    def response(self, status_code: Any, schema: Any = None, **options: Any) -> Any:
        """See flask-smorest."""
        one = _made(schema)
        if isinstance(one, Schema):
            one.dump = dumper(one)  # type: ignore[method-assign]
        return super().response(status_code, one, **options)


def _made(schema: Any) -> Any:
    return schema() if isinstance(schema, type) else schema


def make_api(service: Service, fetch_keys: PublicKeys, watch: Watching) -> Flask:
    """The WSGI application of `service`. `fetch_keys` gives identity's public keys as a JWKS; `watch` says which
    projections are too old to decide, and asks their owners."""
    app = _Application(service.name, static_folder=None)
    app.config.update(
        API_TITLE=service.name,
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        MAX_FORM_PARTS=200,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.extensions["service"] = service
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=service.settings.trusted_proxies)  # type: ignore[method-assign]
    app.extensions["documented"] = api = _Api(app)
    for one in service.blueprints:
        api.register_blueprint(one)
    problems.register(app)
    entry.check_all_say(app, [one.name for one in service.blueprints])
    keys = Keys(fetch_keys)
    app.before_request(_begin)
    app.before_request(lambda: entry.enforce(lambda token: _authenticate(service, keys, watch, token)))
    app.before_request(_read_strictly)
    app.after_request(_finish)
    app.teardown_request(_forget)
    return app


class _Application(Flask):
    """Flask's, none of whose functions is a coroutine: it looks at each of them for each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """As it is."""
        return func


class _Api(Api):
    """flask-smorest, with our own error format, and a document that says all of it, made when it is first asked for:
    most processes never are, and it is half of what making an application costs."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _init_spec(self, **options: Any) -> None:
        self._described, self._options, self._one_at_a_time = list[Blueprint](), options, Lock()

    def register_blueprint(self, one: Blueprint, **options: Any) -> None:
        """Serve `one`; the document will tell of it."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][one.name] = self
        self._app.register_blueprint(one, **options)
        self._described.append(one)

    def document(self) -> dict[str, Any]:
        """What flask-smorest knows of every route."""
        with self._one_at_a_time:
            super()._init_spec(**self._options)
            for one in self._described:
                one.register_views_in_doc(self, self._app, self.spec, name=one.name, parameters=None)
                self.spec.tag({"name": one.name, "description": one.description})
            made: dict[str, Any] = self.spec.to_dict()
        return made

    def _register_error_handlers(self) -> None:
        pass

    def _openapi_json(self) -> Response:
        return jsonify(api_document(current_app))


def api_document(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of a service's application; made at the first call."""
    if "document" not in app.extensions:
        made = loads(json.dumps(app.extensions["documented"].document()).encode())
        app.extensions["document"] = completed(made, app)
    found: dict[str, Any] = app.extensions["document"]
    return found


def _authenticate(service: Service, keys: Keys, watch: Watching, token: str) -> Principal:
    caller = verify(token, keys, service.clock, service.name)
    if caller.session_id:
        with questions(service.engine) as connection:
            found = watch.look(connection, caller.session_id)
            # What was asked may have ended the session that asked: the same request again gets the same answer.
            if found.revoked and not was_answered(connection, caller.owner):
                raise NotSignedIn
        for authority in found.stale:  # now, before the request opens a transaction of its own
            give_back()  # its answer is read by what asks next
            watch.ask(authority, caller, token)
    return caller


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if REQUEST_ID.fullmatch(given) else str(new_id())
    g.started = time.perf_counter()
    g.trace_token = _current.set(Trace(g.request_id, "", request.headers.get("traceparent", "")[:60]))
    _refuse_doubles(request.args)
    if "%00" in request.query_string.decode("latin-1") or "\0" in request.path:
        raise NotStrict("NUL character")


def _read_strictly() -> None:
    """Refuse a body that two readers could understand differently, before anything reads it (C2, AA50)."""
    if request.method in ("POST", "PUT", "PATCH", "DELETE") and request.mimetype == "application/json":
        loads(request.get_data(cache=True))
    if request.mimetype == "application/x-www-form-urlencoded":
        _refuse_doubles(request.form)


def _refuse_doubles(given: MultiDict[str, str]) -> None:
    """A name given twice: one reader takes the first, another the last (ASVS 15.3.7). No parameter of ours is a list:
    one that is would be named here."""
    if any(len(values) > 1 for _, values in given.lists()):
        raise NotStrict("a parameter given twice")


def _finish(response: Response) -> Response:
    give_back()
    response.headers["X-Request-ID"] = g.get("request_id", "")
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    caller = g.get("principal")
    owner: Service = current_app.extensions["service"]
    if caller and owner.attests:
        response.headers[CLOCK] = owner.clock.now().isoformat()
    if access_log.isEnabledFor(logging.INFO):
        _log(response, caller)
    return response


def _log(response: Response, caller: Principal | None) -> None:
    access_log.info(
        "request",
        extra={
            "request_id": g.get("request_id", ""),
            "method": request.method,
            "route": str(request.url_rule or "?"),
            "status": response.status_code,
            "duration_ms": round((time.perf_counter() - g.started) * 1000, 1) if "started" in g else None,
            "caller": caller.owner if caller else "-",
        },
    )


def _forget(_error: BaseException | None) -> None:
    give_back()
    token = g.pop("trace_token", None)
    if token is not None:
        _current.reset(token)
