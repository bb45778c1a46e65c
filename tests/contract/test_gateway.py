"""The gateway and the services' documents are one contract: what a page asks exists, what it reads is sent, what is
sent is read, and a route that nobody calls is named in `unused.py` with its reason."""

import ast
import dataclasses
import importlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from backbone.testing.contract import Contract, contract
from contracts.events.authority import ACCESS, SESSIONS
from gateway.clients import requests
from gateway.kit.forms import Sends
from gateway.kit.terms import Terms
from scripts.api_documents import SERVICES
from tests.contract.unused import READ_BY_NOBODY, ROUTES_OF_NO_PAGE
from tests.house.sources import ROOT, committed, python, tree
from tests.house.test_forms import forms
from tests.support.client_calls import CLIENTS, ClientCall, client_calls
from tests.support.shapes import Reading

CALLS = client_calls()
JSON = "application/json"
CODE = re.compile(r"problem\.code|body\.get\('code'\)")


def documented(service: str) -> Contract:
    found = contract(service)
    assert found, f"docs/api/{service}.json: make docs."
    return found


def operation(call: ClientCall) -> tuple[str, Mapping[str, Any]] | None:
    for method, path, said in documented(call.service).operations():
        if (method, re.sub(r"\{\w+\}", "{}", path)) == (call.method, call.path):
            return path, said
    return None


def answer_of(call: ClientCall) -> Mapping[str, Any] | None:
    """The schema of what a call is answered when all goes well."""
    found = operation(call)
    assert found, str(call)
    (success,) = [int(status) for status in found[1]["responses"] if int(status) < 300]
    said = documented(call.service).answer(found[1], success) or {}
    schema: Mapping[str, Any] | None = said.get("content", {}).get(JSON, {}).get("schema")
    return schema


def reading(call: ClientCall) -> Reading:
    """How what a client reads compares with what its service sends."""
    components = documented(call.service).document["components"]["schemas"]
    schema, found = answer_of(call) or {}, Reading(components)
    if call.paged:
        schema = components[schema["$ref"].rpartition("/")[2]]["properties"]["items"]["items"]
    found.compare(call.shape, schema, call.shape.__name__ if call.shape else "")
    return found


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_what_a_client_asks_exists_and_who_may_ask_is_said_alike(call: ClientCall) -> None:
    found = operation(call)
    assert found, f"{call}: docs/api/{call.service}.json has no such route."
    assert bool(found[1]["security"]) != call.public, f"{call}: public here and not there."


def taken(service: str, said: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """The fields that an operation takes in its body, or in its address, and those of them it cannot do without."""
    contents = list(said.get("requestBody", {}).get("content", {}).values())
    if not contents:
        asked = [one for one in said.get("parameters", ()) if one.get("in") == "query"]
        return {one["name"] for one in asked}, {one["name"] for one in asked if one.get("required")}
    schema = contents[0]["schema"]
    if "$ref" in schema:
        schema = documented(service).document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return set(schema["properties"]), set(schema.get("required", ()))


@pytest.mark.parametrize("call", [one for one in CALLS if one.sends], ids=str)
def test_what_a_client_sends_is_what_the_service_takes(call: ClientCall) -> None:
    found = operation(call)
    assert found, str(call)
    fields, needed = taken(call.service, found[1])
    sent = {one.name for request in call.sends for one in dataclasses.fields(request)}
    assert sent <= fields, f"{call}: {sorted(sent - fields)}: no such field there (gateway/clients/requests.py)."
    assert needed <= sent | {"token"}, f"{call}: {sorted(needed - sent)} is required there."


def test_every_request_is_sent_by_one_client_and_filled_by_one_form() -> None:
    sent = {one for call in CALLS for one in call.sends}
    made = {one for one in vars(requests).values() if isinstance(one, type) and one.__module__ == requests.__name__}
    assert made == sent
    filled = [one.request for one in forms() if issubclass(one, Sends) and one is not Sends]
    assert len(filled) == len(set(filled)) and set(filled) == made - {requests.Granted}  # that is the matrix's


@pytest.mark.parametrize("call", [one for one in CALLS if one.shape], ids=str)
def test_what_a_client_reads_is_what_the_service_sends(call: ClientCall) -> None:
    differences = reading(call).differences
    assert not differences, f"{call}: {differences}"


def unread() -> Iterator[str]:
    """What is sent and read by no client of the gateway: `service.Shape.field`, or a whole `service.Shape`."""
    sent = set[str]()
    for call in CALLS:
        schema = answer_of(call) or {}
        if call.shape is None and schema:
            sent.add(f"{call.service}.{schema['$ref'].rpartition('/')[2]}")
        elif call.shape:
            sent |= {f"{call.service}.{one}" for one in reading(call).unread}
    yield from sent


def test_what_is_sent_is_read_or_named() -> None:
    sent = set(unread())
    new = sorted(sent - READ_BY_NOBODY.keys())
    assert not new, f"{new}: read it, send it no more, or name it in tests/contract/unused.py."
    gone = sorted(READ_BY_NOBODY.keys() - sent)
    assert not gone, f"{gone} is read, or gone: take it out of tests/contract/unused.py."


def test_a_route_is_called_or_is_for_machines_or_named() -> None:
    called = {(call.service, call.method, found[0]) for call in CALLS if (found := operation(call))}
    called |= {(one.owner, "GET", one.path) for one in (SESSIONS, ACCESS)}  # the other services ask these
    free = {
        f"{service} {method} {path}"
        for service in SERVICES
        for method, path, said in documented(service).operations()
        if "machines" not in said["tags"] and (service, method, path) not in called
    }
    assert not free - ROUTES_OF_NO_PAGE.keys(), f"{sorted(free - ROUTES_OF_NO_PAGE.keys())}: nobody calls these routes."
    assert not ROUTES_OF_NO_PAGE.keys() - free, f"{sorted(ROUTES_OF_NO_PAGE.keys() - free)}: called now, or gone."


def test_what_a_client_offers_is_used_by_a_page() -> None:
    used = {node.attr for path in gateway_pages() for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    idle = sorted({str(call) for call in CALLS if call.name not in used})
    assert not idle, f"{idle}: no page calls it."


def gateway_pages() -> list[Any]:
    return [path for path in python("gateway") if "clients" not in path.parts]


def test_what_a_client_reads_is_shown_or_used() -> None:
    words = {one.name for one in Terms.fields}  # resume.html shows each
    for path in committed():
        if path.parts[0] == "gateway" and path.suffix in (".py", ".html"):
            words |= set(re.findall(r"\.(\w+)", (ROOT / path).read_text(encoding="utf-8")))
    idle = sorted(f"{shape.__name__}.{name}" for shape, name in declared() if name not in words)
    assert not idle, f"{idle}: no page looks at it."


def declared() -> Iterator[tuple[type[Any], str]]:
    """The fields of the dataclasses that clients read."""
    for service in CLIENTS:
        for shape in vars(importlib.import_module(f"gateway.clients.{service}")).values():
            if getattr(shape, "__module__", "") == requests.__name__:
                continue
            for name in getattr(shape, "__dataclass_fields__", ()) if isinstance(shape, type) else ():
                yield shape, name


def test_a_code_that_a_page_handles_is_a_code_of_a_service() -> None:
    known = {
        code
        for service in SERVICES
        for _, _, said in documented(service).operations()
        for status in said["responses"]
        for code in documented(service).codes(said, int(status))
    }
    handled = dict(handled_codes())
    assert len(handled) >= 4, "how a page compares a code has changed: this test does not see it any more."
    strange = {where: code for code, where in handled.items() if code not in known}
    assert not strange, f"{strange}: no service answers that."


def handled_codes() -> Iterator[tuple[str, str]]:
    """The codes that the gateway compares a refusal's code with, each with where."""
    for path in python("gateway"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Compare) and CODE.fullmatch(ast.unparse(node.left)):
                module = importlib.import_module(".".join(path.with_suffix("").parts))
                value = eval(ast.unparse(node.comparators[0]), vars(module))
                yield from ((code, f"{path}:{node.lineno}") for code in ([value] if isinstance(value, str) else value))
