"""A dataclass that reads answers, held against the schema that its service documents."""

import dataclasses
import types
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

KINDS: dict[Any, tuple[str, str | None]] = {
    str: ("string", None),
    int: ("integer", None),
    bool: ("boolean", None),
    date: ("string", "date"),
    datetime: ("string", "date-time"),
    UUID: ("string", "uuid"),
}


@dataclasses.dataclass
class Reading:
    """What comparing found: `differences` that make an answer unreadable, `unread` fields that nobody asks for."""

    components: Mapping[str, Any]
    differences: list[str] = dataclasses.field(default_factory=list)
    unread: set[str] = dataclasses.field(default_factory=set)

    def compare(self, kind: Any, schema: Mapping[str, Any], at: str) -> None:
        """Note how `kind` and `schema` differ; `at` says where."""
        choices = list(self._choices(schema))
        if any(one.get("type") == "null" for one in choices) and get_origin(kind) not in (Union, types.UnionType):
            self.differences.append(f"{at} may be null")
        if get_origin(kind) in (Union, types.UnionType):
            kind = get_args(kind)[0]
        choices = [one for one in choices if one.get("type") != "null"]
        fitting = [one for one in choices if self._fits(kind, one)]
        if not fitting:
            self.differences.append(f"{at} is {choices}, read as {kind}")
        elif dataclasses.is_dataclass(kind):
            self._compare_fields(kind, fitting[0], at)
        elif get_origin(kind) is list:
            self.compare(get_args(kind)[0], fitting[0]["items"], f"{at}[]")
        elif get_origin(kind) is dict:
            self.compare(get_args(kind)[1], fitting[0].get("additionalProperties", {}), f"{at}{{}}")

    def _compare_fields(self, kind: Any, schema: Mapping[str, Any], at: str) -> None:
        known, hints = schema.get("properties", {}), get_type_hints(kind)
        read = {item.name for item in dataclasses.fields(kind)}
        self.unread |= {f"{schema.get('name', '')}.{name}" for name in known.keys() - read}
        for item in dataclasses.fields(kind):
            if item.name not in known:
                self.differences.append(f"{at}.{item.name} is no field of the document")
                continue
            always = item.name in schema.get("required", ())
            if not always and item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING:
                self.differences.append(f"{at}.{item.name} may be left out")
            self.compare(hints[item.name], known[item.name], f"{at}.{item.name}")

    def _choices(self, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """What `schema` may be, one kind each; a shape that has a name knows it."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            yield {**self.components[name], "name": name}
            return
        for several in ("anyOf", "oneOf", "allOf"):
            if several in schema:
                for one in schema[several]:
                    yield from self._choices(one)
                return
        kinds = schema.get("type")
        for one in kinds if isinstance(kinds, list) else [kinds]:
            yield {**schema, "type": one}

    @staticmethod
    def _fits(kind: Any, schema: Mapping[str, Any]) -> bool:
        if get_origin(kind) is list:
            return schema.get("type") == "array"
        if dataclasses.is_dataclass(kind) or get_origin(kind) is dict:
            return schema.get("type") == "object"
        wanted, format_ = KINDS[kind]
        return schema.get("type") == wanted and (format_ is None or schema.get("format") == format_)
