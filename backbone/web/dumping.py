"""Answers made of rows by what their schema says, put together once: what `Schema.dump` finds out for each value.

marshmallow asks each field of each object how to read and to write it; a list of 25 lines is some hundred questions.
Here a schema is read once, into functions. marshmallow is the plain twin that says what is right: fields and schemas
with anything of their own are left to it, and `tests/unit/backbone/test_dumping.py` compares both (decision 67).
"""

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, fields, missing
from marshmallow.utils import get_value

Write = Callable[[Any, str, Any], Any]  # (value, name, the object it is of) → what JSON has
_AS_IT_IS = (fields.Boolean, fields.Raw)


def dumper(schema: Schema) -> Callable[..., Any]:
    """What does as `schema.dump`, faster. `schema.dump` itself where it has a hook or reads objects in its own way."""
    kind = type(schema)
    usual = kind.dump is Schema.dump and kind._serialize is Schema._serialize
    if not usual or kind.get_attribute is not Schema.get_attribute or any(schema._hooks[at] for at in _HOOKS):
        return schema.dump
    parts = [_part(name, field) for name, field in schema.dump_fields.items()]
    made, by_default = schema.dict_class, schema.many

    def one(obj: Any) -> Any:
        answer, plain = made(), type(obj) is dict
        for name, attribute, key, exact, write, field in parts:
            if write is None:
                value = field.serialize(name, obj, accessor=schema.get_attribute)
            else:
                value = obj[attribute] if plain and attribute in obj else get_value(obj, attribute)
                if type(value) is not exact and value is not missing:
                    value = write(value, name, obj)
            if value is not missing:
                answer[key] = value
        return answer

    def dump(obj: Any, *, many: bool | None = None) -> Any:
        several = by_default if many is None else many
        return [one(each) for each in obj] if several and obj is not None else one(obj)

    return dump


_HOOKS = ("pre_dump", "post_dump")


_Part = tuple[str, str, str, type | None, Write | None, Any]
_EXACT: dict[type, type] = {fields.String: str, fields.Integer: int}


def _part(name: str, field: Any) -> _Part:
    """A field: its name, where its value is, the key it gets, of which type a value is written as it is, how any other
    is (None: as the field does by itself)."""
    attribute, kind = field.attribute if field.attribute is not None else name, type(field)
    own = kind.serialize is not fields.Field.serialize or kind.get_value is not fields.Field.get_value
    left = own or not field._CHECK_ATTRIBUTE or field.dump_default is not missing or "." in attribute
    key = field.data_key if field.data_key is not None else name
    exact = None if kind is fields.Integer and field.as_string else _EXACT.get(kind)
    return name, attribute, key, exact, None if left else _write(field), field


def _write(field: Any) -> Write:
    kind, usual = type(field), field._serialize
    if kind is fields.String or (kind is fields.Integer and not field.as_string):
        exact = str if kind is fields.String else int
        return lambda value, name, obj: value if type(value) is exact else usual(value, name, obj)
    if kind is fields.UUID:
        return lambda value, name, obj: None if value is None else str(value)
    if kind in _AS_IT_IS:
        return lambda value, name, obj: value
    if kind is fields.List:
        each = _write(field.inner)
        return lambda value, name, obj: None if value is None else [each(one, name, obj) for one in value]
    if kind is fields.Nested:
        dump, several = dumper(field.schema), field.schema.many or field.many
        return lambda value, name, obj: None if value is None else dump(value, many=several)
    return usual
