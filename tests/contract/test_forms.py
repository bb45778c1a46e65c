"""What a form of the gateway sends, and where a refusal finds its place in it, are fields of one route of a service."""

from collections.abc import Iterator
from typing import Any

import pytest

from backbone.testing.contract import contract
from gateway.kit.fields import Place
from gateway.kit.forms import Form
from scripts.api_documents import SERVICES
from tests.house.test_forms import forms


def taken() -> Iterator[set[str]]:
    """The fields that each route of each service takes: of its body, or in its address."""
    for service in SERVICES:
        found = contract(service)
        assert found, f"docs/api/{service}.json: make docs."
        schemas = found.document["components"]["schemas"]
        for _, _, said in found.operations():
            for content in said.get("requestBody", {}).get("content", {}).values():
                yield set(properties(content["schema"], schemas))
            yield {one["name"] for one in said.get("parameters", ()) if one.get("in") == "query"}


def properties(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Of a schema, or of the one that it names."""
    named = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return dict(named.get("properties", {}))


ROUTES = list(taken())


def sent(form: type[Form]) -> set[str]:
    """The names under which a form sends something, or shows what is refused of a part of it."""
    return {one.name for one in form.fields if one.sent or isinstance(one, Place)}


@pytest.mark.parametrize("form", list(forms()), ids=lambda form: f"{form.__module__.split('.')[-1]}.{form.__name__}")
def test_a_form_sends_what_one_route_takes(form: type[Form]) -> None:
    assert any(sent(form) <= fields for fields in ROUTES), f"{sorted(sent(form))}: no route takes these; sent=False?"


def test_this_test_sees_a_field_that_nobody_takes() -> None:
    assert not any({"email", "nom_inconnu"} <= fields for fields in ROUTES)
    assert any({"mot_de_passe", "confirmation", "nom", "prenom"} <= fields for fields in ROUTES)
