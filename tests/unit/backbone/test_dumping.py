"""What `backbone.web.dumping` puts together answers as marshmallow does (decision 67), for every shape of ours."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from marshmallow import Schema, fields, post_dump

from backbone.web.dumping import dumper
from services.contact.api import schemas as contact
from services.delegation.api import home_schemas, mandate_schemas
from services.delegation.api import schemas as delegation
from services.dsn.api import machine_schemas
from services.dsn.api import schemas as dsn
from services.identity.api import schemas as identity

MODULES = (contact, delegation, home_schemas, mandate_schemas, dsn, machine_schemas, identity)


class Word(StrEnum):
    """A word, which is a text and more."""

    ONE = "un"


def shapes() -> Iterator[type[Schema]]:
    """The schemas of what the services answer: what is asked in an address is read, and never written."""
    for module in MODULES:
        for _, one in sorted(vars(module).items()):
            if isinstance(one, type) and issubclass(one, Schema) and not one.__name__.endswith("Args"):
                yield one


def value(field: Any, chance: random.Random) -> Any:
    """Something that `field` can write; nothing now and then."""
    if chance.random() < 0.1:
        return None
    if isinstance(field, fields.Nested):
        made = [thing(field.schema, chance) for _ in range(chance.randrange(3))]
        return made if field.many or field.schema.many else thing(field.schema, chance)
    if isinstance(field, fields.List):
        return [value(field.inner, chance) for _ in range(chance.randrange(3))]
    if isinstance(field, fields.Dict):
        return {"a": 1} if field.value_field is None else {"a": value(field.value_field, chance)}
    if isinstance(field, fields.DateTime):
        return datetime(2026, 11, 26, 21, chance.randrange(60), tzinfo=UTC)
    if isinstance(field, fields.Date):
        return date(2026, 11, chance.randrange(1, 30))
    if isinstance(field, fields.UUID):
        return UUID(int=chance.getrandbits(128))
    if isinstance(field, fields.Integer):
        return chance.choice((0, 7, "12", True))
    if isinstance(field, fields.Boolean):
        return chance.choice((True, False))
    return chance.choice(("", "été", Word.ONE, 3))


def thing(schema: Schema, chance: random.Random) -> Any:
    """What a route may answer by `schema`: a mapping or an object, some of it left out."""
    known = {
        field.attribute or name: value(field, chance)
        for name, field in schema.dump_fields.items()
        if chance.random() < 0.9 or hasattr({}, name)  # « items », which a mapping has too
    }
    return SimpleNamespace(**known) if chance.random() < 0.3 else known


@pytest.mark.parametrize("shape", list(shapes()), ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_every_shape_of_ours_is_written_as_marshmallow_writes_it(shape: type[Schema]) -> None:
    schema, chance = shape(), random.Random(68)
    fast = dumper(schema)
    for _ in range(20):
        one = thing(schema, chance)
        assert fast(one) == schema.dump(one)
    several = [thing(schema, chance) for _ in range(3)]
    assert fast(several, many=True) == schema.dump(several, many=True)


class Own(fields.Str):
    """A field that writes in its own way."""

    def _serialize(self, value: Any, attr: Any, obj: Any, **options: Any) -> str:
        return f"{attr}={value}"


class Odd(Schema):
    """What is left to marshmallow, or told otherwise."""

    own = Own()
    renamed = fields.Str(data_key="other", attribute="kept")
    supposed = fields.Str(dump_default="none")
    inside = fields.Str(attribute="deep.er")
    method = fields.Function(lambda obj: len(obj))


class Hooked(Schema):
    """It says the last word itself."""

    one = fields.Str()

    @post_dump
    def last(self, data: Any, **_options: Any) -> Any:
        """Another answer."""
        return {**data, "more": True}


def test_what_has_a_way_of_its_own_keeps_it() -> None:
    odd = {"own": 1, "kept": "k", "deep": {"er": "d"}}
    assert (
        dumper(Odd())(odd)
        == Odd().dump(odd)
        == {"own": "own=1", "other": "k", "supposed": "none", "inside": "d", "method": 3}
    )
    assert dumper(Hooked())({"one": "1"}) == {"one": "1", "more": True}
    assert dumper(Hooked(many=True))([{"one": "1"}]) == [{"one": "1", "more": True}]
