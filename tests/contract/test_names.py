"""The names that events carry are safe when they are read, whoever announced them (AA47, decision 0019)."""

from collections.abc import Iterator

import pytest
from marshmallow import fields

from contracts import REGISTRY
from contracts.events.identity import ACCOUNT_UPDATED
from contracts.fields import Name

NAMES = {"nom", "prenom", "raison_sociale", "caisse_nom"}


def inside(shape: fields.Field, path: str) -> Iterator[tuple[str, fields.Field]]:
    """A field and, when it holds others, those."""
    yield path, shape
    if isinstance(shape, fields.List):
        yield from inside(shape.inner, path)
    if isinstance(shape, fields.Nested):
        for name, one in shape.schema.fields.items():
            yield from inside(one, f"{path}.{name}")


@pytest.mark.parametrize("type", sorted(REGISTRY.cards))
def test_a_field_that_is_a_name_is_read_as_one(type: str) -> None:
    found = [pair for name, one in REGISTRY.cards[type].schema().fields.items() for pair in inside(one, name)]
    plain = [path for path, one in found if path.rpartition(".")[2] in NAMES and not isinstance(one, Name)]
    assert not plain, f"{type}: {plain} holds a name: contracts.fields.Name."


def test_what_hides_in_a_name_of_an_older_event_does_not_come_in() -> None:
    read = ACCOUNT_UPDATED.load({**ACCOUNT_UPDATED.example, "nom": "Mar\u202etin\u200b", "prenom": None})
    assert (read["nom"], read["prenom"]) == ("Martin", None)
