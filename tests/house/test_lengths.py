"""Every text that a route takes has a length: what a caller sends is bounded field by field (C11, K14)."""

from collections.abc import Iterator, Mapping
from typing import Any

from backbone.testing import ServiceUnderTest

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
