"""Whatever a service answers, a page gets an object of the declared kinds or « service indisponible » (M15): no 500."""

import dataclasses
import inspect
import types
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

import httpx
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.clients import Clients
from gateway.clients.problem import Problem
from gateway.clients.shape import Page, Window, body, query, read, read_page
from gateway.settings import Settings
from tests.gateway.examples import ANSWERS
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

SIMPLE = st.none() | st.booleans() | st.integers(-9, 9**9) | st.text(max_size=5) | st.just(str(uuid4()))
JSON = st.recursive(SIMPLE, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside))
ENOUGH = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
GIVEN = {UUID: uuid4(), str: "mot", int: 1, bool: True, float: 5.0, date: date(2026, 3, 12)}
GOOD = [answer[1] for answer in ANSWERS.values() if not callable(answer) and isinstance(answer[1], dict)]


def fits(kind: Any, value: Any) -> bool:
    """Whether `value` is, in every field, what `kind` says."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return value is None or fits(inside[0], value)
    if origin is Page:
        return isinstance(value, Page) and all(fits(inside[0], one) for one in value.items)
    if origin is list:
        return isinstance(value, list) and all(fits(inside[0], one) for one in value)
    if origin is dict:
        return isinstance(value, dict) and all(fits(inside[1], one) for one in value.values())
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        return isinstance(value, kind) and all(fits(hint, getattr(value, name)) for name, hint in hints.items())
    return type(value) is kind


def methods() -> list[tuple[str, str]]:
    """Every method of a client that reads an answer."""
    return [
        (service.name, name)
        for service in dataclasses.fields(Clients)
        for name, method in inspect.getmembers(get_type_hints(Clients)[service.name], inspect.isfunction)
        if "self.ask(" in inspect.getsource(method) and name != "ask"
    ]


@pytest.fixture(scope="module")
def answering() -> tuple[dict[str, Any], Clients]:
    """Clients of services that answer `given["body"]`."""
    given: dict[str, Any] = {}
    transport = httpx.MockTransport(lambda _: httpx.Response(given.get("status", 200), json=given["body"]))
    four = dict.fromkeys(("identity", "delegation", "dsn", "contact"), transport)
    return given, Clients.of(Settings.of(secret_key="x" * 32), four)


def asked(clients: Clients, service: str, name: str) -> tuple[Any, Any]:
    """What the method gave, and what it says it gives."""
    method: Callable[..., Any] = getattr(getattr(clients, service), name)
    hints = get_type_hints(method)
    wanted = {one: made(hints[one]) for one in inspect.signature(method).parameters}
    with Flask("nobody").test_request_context("/"):
        return method(**wanted), hints["return"]


def made(kind: Any) -> Any:
    """Something of that kind to ask with."""
    if dataclasses.is_dataclass(kind):
        return kind(**{name: made(hint) for name, hint in get_type_hints(kind).items()})  # type: ignore[operator]
    return GIVEN.get(kind, None if type(None) in get_args(kind) else {})


@pytest.mark.parametrize(("service", "name"), methods())
@ENOUGH
@given(body=JSON | st.sampled_from(GOOD))
def test_every_answer_is_of_the_declared_shape_or_m15(answering: Any, service: str, name: str, body: Any) -> None:
    given_, clients = answering
    given_.update(body=body, status=200)
    try:
        found, kind = asked(clients, service, name)
    except Problem as problem:
        assert (problem.status, problem.code) == (503, "service_indisponible")
    else:
        assert fits(kind, found), found


@ENOUGH
@given(body=JSON | st.fixed_dictionaries({"errors": JSON, "code": JSON, "detail": JSON, "instance": JSON}))
@pytest.mark.parametrize("status", [400, 409, 422, 500])
def test_every_refusal_is_a_problem(answering: Any, status: int, body: Any) -> None:
    given_, clients = answering
    given_.update(body=body, status=status)
    with pytest.raises(Problem):
        asked(clients, "identity", "account")


@dataclasses.dataclass
class Sample:
    number: int
    day: date
    at: datetime | None
    words: list[str]
    rights: dict[str, str]


VALID = {"number": 1, "day": "2026-11-23", "at": None, "words": ["a"], "rights": {"a": "b"}, "unknown": 1}


def test_what_is_declared_is_read_and_the_rest_dropped() -> None:
    assert read(Sample, VALID) == Sample(1, date(2026, 11, 23), None, ["a"], {"a": "b"})
    envelope = {"items": [VALID], "page": 1, "page_size": 5, "total": 1}
    assert read_page(Sample, envelope).items[0].number == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "1"},
        {"number": True},
        {"day": "31/12/2026"},
        {"day": 20261123},
        {"at": 5},
        {"words": "abc"},
        {"words": [1]},
        {"rights": []},
        {"rights": {"a": None}},
    ],
)
def test_what_is_of_another_kind_is_m15_and_a_line_without_what_it_held(
    wrong: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Problem) as refused:
        read(Sample, {**VALID, **wrong})
    assert refused.value.status == 503
    assert next(iter(wrong)) in caplog.text and "abc" not in caplog.text


@pytest.mark.parametrize(
    ("call", "page"),
    [
        ("POST /invitations/lookup", "invitation"),
        ("POST /password-resets/lookup", "reinitialisation"),
        ("POST /identifier-changes/activation/lookup", "identifiant"),
        ("POST /certifications/lookup", "certification"),
    ],
)
def test_a_page_says_that_the_service_is_away(visitor: Portal, services: FakeServices, call: str, page: str) -> None:
    services.breaks(call, 200, {"autre": 1})
    where = visitor.follow(page)
    assert "Service momentanément indisponible" in visitor.get(where, 503).text


@dataclasses.dataclass
class Asked:
    day: date | None
    one: UUID
    words: list[str]
    said: bool
    text: str


ASKED = Asked(date(2026, 3, 12), UUID(int=7), ["a"], False, "")


def test_what_a_page_sends_is_said_as_json_has_it() -> None:
    assert body(ASKED) == {"day": "2026-03-12", "one": str(UUID(int=7)), "words": ["a"], "said": False, "text": ""}
    assert body(dataclasses.replace(ASKED, day=None))["day"] is None


def test_an_address_does_not_say_what_is_empty() -> None:
    found = query(dataclasses.replace(ASKED, day=None))
    assert found == {"one": str(UUID(int=7)), "words": "['a']", "said": "false"}
    assert query(dataclasses.replace(ASKED, said=True, text="é")) == {
        **found,
        "day": "2026-03-12",
        "said": "true",
        "text": "é",
    }


def test_a_window_names_its_sort_as_the_service_does() -> None:
    window = Window("-nom", 2, 25)
    assert window.query() == {"sort": "-nom", "page": 2, "page_size": 25}
    assert window.query("tri") == {"tri": "-nom", "page": 2, "page_size": 25}
