"""The OpenAPI document of a service, made true: what flask-smorest knows of the shapes, completed by what the entry
check, the problem format, the refusals that a view reaches (`reach.py`) and the versions say. Nothing is said by hand.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from backbone.errors import AccessRefused, NotFound, NotSignedIn, Refused, StoreAway
from backbone.web.commands import KeyUnreadable
from backbone.web.entry import JSON, Entry, entry_of
from backbone.web.paging import VersionMissing, etag
from backbone.web.problems import DEFAULTS, PROBLEM
from backbone.web.reach import Reached, reached

Operation = dict[str, Any]
Codes = dict[int, dict[str, str]]  # by status: the French sentence of each code

METHODS = ("get", "put", "post")
MACHINES = "machines"  # the tag of what programs call
ASK_TOKENS_AT = "/api/identity/v1/token"  # behind the edge
WAITS = (429, 503)
SHARED_CODES = 2
RETRY_AFTER = {"description": "When to come back, in seconds.", "required": True, "schema": {"type": "integer"}}
ETAG = {"description": "The version, for If-Match.", "required": True, "schema": {"type": "string"}}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The version that the change is made from, as the ETag says it.",
    "schema": {"type": "string", "pattern": '^(W/)?"[0-9]{1,9}"$', "maxLength": 13},
}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "The same request with the same key is done once and gets the same answer.",
    "schema": {"type": "string", "format": "uuid"},
}
TEXT = {"type": "string"}
SHAPE = {
    "type": "object",
    "description": "RFC 9457. `code` is stable, `detail` is for people, in French; `errors` name the fields at fault.",
    "required": ["type", "title", "status", "code", "detail", "errors", "instance"],
    "properties": {
        **dict.fromkeys(("type", "title", "code", "detail", "instance"), TEXT),
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": dict.fromkeys(("field", "code", "message"), TEXT),
            },
        },
    },
}


def completed(document: dict[str, Any], app: Flask) -> dict[str, Any]:
    """`document`, as flask-smorest made it of the routes of `app`, with everything that a route may answer."""
    components = document.setdefault("components", {})
    components.pop("headers", None)
    components["responses"], scopes = {}, dict[str, str]()
    views = {key: view for rule in app.url_map.iter_rules() for key, view in _operations(rule, app)}
    for path, operations in document["paths"].items():
        for method in [one for one in METHODS if one in operations]:
            view, with_id = views[path, method], "{" in path
            entry = entry_of(view) or Entry()
            _complete(operations[method], entry, reached(view), with_id=with_id, sends=method != "get")
            scopes |= {entry.scope: f"What {entry.scope} opens."} if entry.scope else {}
    shapes = components.setdefault("schemas", {})
    _require_all(document, shapes)
    _share(document, components["responses"])
    components["schemas"] = {**dict(sorted(shapes.items())), "Problem": SHAPE}
    components["securitySchemes"] = _schemes(scopes)
    return document


def _operations(rule: Rule, app: Flask) -> Iterator[tuple[tuple[str, str], Callable[..., Any]]]:
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
    for method in rule.methods or ():
        yield (path, method.lower()), app.view_functions[rule.endpoint]


def _complete(operation: Operation, entry: Entry, reach: Reached, *, with_id: bool, sends: bool) -> None:
    """One operation: who may enter, what it is sent, what it answers."""
    answers = operation.setdefault("responses", {})
    judged = answers.pop("422", None) is not None
    answers.pop("default", None)
    operation.setdefault("security", _security(entry))
    if entry.kind == "machine" and MACHINES not in operation["tags"]:
        operation["tags"].append(MACHINES)
    if sends and entry.types != JSON and "requestBody" not in operation:
        body = {"schema": {"type": "string", "format": "binary"}}
        operation["requestBody"] = {"required": True, "content": {one: body for one in entry.types if one}}
    _complete_headers(operation, reach)
    codes = _codes(entry, reach, with_id=with_id, sends=sends, judged=judged)
    operation["responses"] = {**answers, **{str(status): _problem(status, codes[status]) for status in sorted(codes)}}


def _complete_headers(operation: Operation, reach: Reached) -> None:
    for header, wanted in ((IF_MATCH, VersionMissing), (KEY, KeyUnreadable)):
        if wanted in reach.refusals:
            operation.setdefault("parameters", []).append(header)
    if etag in reach.functions:
        for status, answer in operation["responses"].items():
            if status.startswith("2"):
                answer["headers"] = {"ETag": ETAG}


def _codes(entry: Entry, reach: Reached, *, with_id: bool, sends: bool, judged: bool) -> Codes:
    """Every refusal of a route: what its view reaches, and what is judged before any view runs."""
    common = [400, 415, *([413] if sends else []), *([422] if judged else [])]
    codes: Codes = {}
    for status, code, detail in [(status, *DEFAULTS[status]) for status in common]:
        codes.setdefault(status, {})[code] = detail
    before: list[type[Refused]] = [StoreAway, *([NotFound] if with_id else [])]
    before += [NotSignedIn, AccessRefused] if entry.kind != "public" else []
    for refusal in [*before, *sorted(reach.refusals, key=lambda one: (one.slug, one.__name__))]:
        if refusal is not NotSignedIn or entry.kind != "public":
            codes.setdefault(refusal.status, {}).setdefault(refusal.slug, refusal.detail)
    return codes


def _problem(status: int, codes: Mapping[str, str]) -> dict[str, Any]:
    said = "\n".join(f"- `{code}`: {detail}" for code, detail in sorted(codes.items()))
    own = {"properties": {"status": {"const": status}, "code": {"enum": sorted(codes)}}}
    schema = {"allOf": [{"$ref": "#/components/schemas/Problem"}, own]}
    headers = {"headers": {"Retry-After": RETRY_AFTER}} if status in WAITS else {}
    return {"description": said, **headers, "content": {PROBLEM: {"schema": schema}}}


def _share(document: Mapping[str, Any], shared: dict[str, Any]) -> None:
    """A refusal of one or two codes is said once for all routes."""
    for path in document["paths"].values():
        for answers in [path[one]["responses"] for one in METHODS if one in path]:
            for status, answer in answers.items():
                said = re.findall("^- `(.+?)`", answer.get("description", ""), re.MULTILINE)
                if 1 <= len(said) <= SHARED_CODES:
                    name = f"{status}-{'-'.join(said)}"
                    shared[name] = answer
                    answers[status] = {"$ref": f"#/components/responses/{name}"}


def _security(entry: Entry) -> list[dict[str, list[str]]]:
    kinds: dict[str, list[dict[str, list[str]]]] = {
        "signed_in": [{"person": []}],
        "machine": [{"machine": [entry.scope]}],
    }
    return kinds.get(entry.kind, [])


def _schemes(scopes: Mapping[str, str]) -> dict[str, Any]:
    person = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "The token of a live session."}
    flow = {"tokenUrl": ASK_TOKENS_AT, "scopes": dict(sorted(scopes.items()))}
    return {
        "person": person,
        **({"machine": {"type": "oauth2", "flows": {"clientCredentials": flow}}} if scopes else {}),
    }


def _require_all(document: Mapping[str, Any], shapes: Mapping[str, Any]) -> None:
    """What is only answered is answered whole: a field may be null where its shape says so, and is never left out."""
    asked, answered = set[str](), set[str]()
    for path in document["paths"].values():
        for operation in [path[one] for one in METHODS if one in path]:
            asked |= _named(operation.get("requestBody", {}), shapes)
            answered |= _named(operation["responses"], shapes)
    for name in answered - asked:
        shapes[name]["required"] = sorted(shapes[name].get("properties", {}))


def _named(value: Any, shapes: Mapping[str, Any]) -> set[str]:
    """The shapes that `value` refers to, and what these refer to."""
    found, waiting = set[str](), list(_references(value))
    while waiting:
        name = waiting.pop()
        if name in shapes and name not in found:
            found.add(name)
            waiting += _references(shapes[name])
    return found


def _references(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _references(one)
