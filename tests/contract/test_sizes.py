"""What an event may weigh is a matter of its shape: said again after a restore, it is as large as it was."""

from marshmallow import Schema

from contracts import REGISTRY


def test_one_shape_has_one_size_whatever_it_tells() -> None:
    by_shape: dict[type, set[int]] = {}
    for card in REGISTRY.cards.values():
        for shape in (card.schema, *card.schema.__bases__):
            if shape is not Schema:
                by_shape.setdefault(shape, set()).add(card.largest)
    assert [shape.__name__ for shape, sizes in by_shape.items() if len(sizes) > 1] == []
