"""An exchange held against the committed document of its service (`docs/api/`): what the document does not say, is said
here in a line. Every call of a service test goes through it, and every call a page makes to a fake."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from backbone.strict_json import loads

DOCUMENTS = Path(__file__).parents[2] / "docs" / "api"
PARAMETER = re.compile(r"\{\w+\}")


class Contract:
    """What one service promises."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._components = {"components": document["components"]}
        self._validators: dict[int, jsonschema.Draft202012Validator] = {}
        self._patterns = {
            path: re.compile(PARAMETER.sub("[^/]+", path))
            for path in sorted(document["paths"], key=lambda one: "{" in one)
        }

    def operations(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Every (METHOD, path, operation)."""
        for path, methods in self.document["paths"].items():
            yield from ((name.upper(), path, one) for name, one in methods.items() if name != "parameters")

    def find(self, method: str, path: str) -> Mapping[str, Any] | None:
        """The operation that answers `method` on an actual `path`; None when there is none."""
        for template, pattern in self._patterns.items():
            if pattern.fullmatch(path):
                found: Mapping[str, Any] | None = self.document["paths"][template].get(method.lower())
                return found
        return None

    def answer(self, operation: Mapping[str, Any], status: int) -> Mapping[str, Any] | None:
        """What the document says of `status`."""
        said: Mapping[str, Any] | None = operation["responses"].get(str(status))
        if said and "$ref" in said:
            found: Mapping[str, Any] = self.document["components"]["responses"][said["$ref"].rpartition("/")[2]]
            return found
        return said

    def codes(self, operation: Mapping[str, Any], status: int) -> list[str]:
        """The refusal codes of `status`."""
        content = (self.answer(operation, status) or {}).get("content", {}).get("application/problem+json", {})
        parts = content.get("schema", {}).get("allOf", ())
        return [code for part in parts for code in part.get("properties", {}).get("code", {}).get("enum", ())]

    def faults(
        self, operation: Mapping[str, Any], status: int, kind: str, headers: Mapping[str, str], body: Any
    ) -> Iterator[str]:
        """What is wrong with an answer of the media type `kind`; `body` is its JSON, None when it has none."""
        said = self.answer(operation, status)
        if said is None:
            yield f"{status} is not among {sorted(operation['responses'])}"
            return
        content = said.get("content", {})
        if kind not in content and "*/*" not in content and (content or body is not None):
            yield f"{status} answers {kind or 'nothing'}, not {sorted(content) or 'nothing'}"
        elif "json" in kind and content:
            yield from (f"{status} {one}" for one in self.mismatches(content[kind]["schema"], body))
        for name, header in said.get("headers", {}).items():
            if header.get("required") and name not in headers:
                yield f"{status} has no {name}"

    def request_faults(
        self, operation: Mapping[str, Any], headers: Mapping[str, str], query: Mapping[str, str], kind: str, body: bytes
    ) -> Iterator[str]:
        """What is wrong with a request whose body is of the media type `kind`."""
        if bool(operation["security"]) != ("Authorization" in headers):
            yield "public, and a token comes with it" if "Authorization" in headers else "no token"
        parameters = operation.get("parameters", [])
        yield from (f"no parameter {name}" for name in query.keys() - {one["name"] for one in parameters})
        for one in parameters:
            given = headers if one["in"] == "header" else query
            if one.get("required") and one["in"] != "path" and one["name"] not in given:
                yield f"without {one['name']}"
        taken = operation.get("requestBody", {}).get("content", {})
        if taken and kind not in taken:
            yield f"sends {kind or 'nothing'}, not {sorted(taken)}"
        elif taken and kind == "application/json":
            yield from self.mismatches(taken[kind]["schema"], loads(body))

    def mismatches(self, schema: Mapping[str, Any], body: Any) -> Iterator[str]:
        """Where `body` is not what `schema` says."""
        if id(schema) not in self._validators:
            checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
            whole = {**schema, **self._components}
            self._validators[id(schema)] = jsonschema.Draft202012Validator(whole, format_checker=checker)
        for error in self._validators[id(schema)].iter_errors(body):
            yield f"{error.json_path}: {error.message[:200]}"


@cache
def contract(service: str) -> Contract | None:
    """The contract of a service that has one."""
    path = DOCUMENTS / f"{service}.json"
    return Contract(loads(path.read_bytes())) if path.exists() else None
