"""Every text that a route or an event takes has a length: what a sender sends is bounded field by field (C11, K14)."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields, validate

from backbone.events.cards import EventCard
from backbone.testing import ServiceUnderTest
from contracts import REGISTRY

BOUNDED = ("maxLength", "enum")
# These are read as what they say, and refused otherwise.
READ = {"uuid", "date", "date-time", "binary"}
MULTIPART = "multipart/form-data"  # contact reads it itself, and cuts each word


def test_every_text_that_comes_in_has_a_length(under: ServiceUnderTest) -> None:
    document = under.get("/openapi.json").json
    free = sorted({where for where, schema in _incoming(document) for where in _unbounded(where, schema, document)})
    assert not free, f"{under.service.name}: give these fields validate.Length(max=…): {free}"


def _incoming(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for path, methods in document["paths"].items():
        for method in methods.values():
            if not isinstance(method, dict):
                continue
            for parameter in method.get("parameters", []):
                yield f"{path} ?{parameter.get('name')}", parameter.get("schema", {})
            for kind, content in method.get("requestBody", {}).get("content", {}).items():
                if kind != MULTIPART:
                    yield path, content.get("schema", {})


def _unbounded(where: str, schema: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    """The texts without a length in a schema, named by their place."""
    schema = _resolved(schema, document)
    kinds = schema.get("type")
    if "string" in ([kinds] if isinstance(kinds, str) else kinds or ()):
        if schema.get("format") not in READ and not any(word in schema for word in BOUNDED):
            yield where
    for name, inner in schema.get("properties", {}).items():
        yield from _unbounded(f"{where} {name}", inner, document)
    for inner in (schema.get("items"), *schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        if inner:
            yield from _unbounded(where, inner, document)


def _resolved(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][name] if name else schema


@pytest.mark.parametrize("card", REGISTRY.cards.values(), ids=lambda card: card.type)
def test_every_text_of_an_event_has_a_length(card: EventCard) -> None:
    free = sorted(set(_free(card.schema())))
    assert not free, f"{card.type}: give these fields one of the lengths of contracts/fields.py: {free}"


def _free(schema: Schema, at: str = "") -> Iterator[str]:
    for name, field in schema.fields.items():
        yield from _free_in(field, f"{at}{name}")


def _free_in(field: Any, at: str) -> Iterator[str]:
    if isinstance(field, fields.Nested):
        yield from _free(field.schema, f"{at}.")
    elif isinstance(field, fields.List):
        yield from _free_in(field.inner, f"{at}[]")
    elif isinstance(field, fields.Dict):
        yield from (one for part in (field.key_field, field.value_field) for one in _free_in(part, f"{at}{{}}"))
    elif isinstance(field, fields.String) and not isinstance(field, fields.UUID):
        kinds = (validate.Length, validate.OneOf)
        if not any(isinstance(one, kinds) and getattr(one, "max", 1) is not None for one in field.validators):
            yield at
    elif field is None or type(field) in (fields.Field, fields.Raw):
        yield at


def test_a_text_beyond_its_length_is_no_event() -> None:
    for card in REGISTRY.cards.values():
        for name, field in card.schema().fields.items():
            if isinstance(field, fields.String) and not isinstance(field, fields.UUID):
                with pytest.raises(ValidationError):
                    card.load({**card.example, name: "x" * 20_000})
