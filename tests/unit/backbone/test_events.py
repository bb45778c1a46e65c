"""Cards dump and load with one schema instance for the process: making one costs more than using it."""

from marshmallow import Schema, fields

from backbone.events.cards import EventCard

MADE: list[str] = []


class Counted(Schema):
    """Says when it is made."""

    id = fields.Int(required=True)

    def __init__(self, **options: str) -> None:
        MADE.append(options["unknown"])
        super().__init__(**options)


def test_a_thousand_events_make_two_schemas() -> None:
    card = EventCard("x.happened.v1", "X.", "x", (), "id", False, "2026-11", Counted, {"id": 1})
    for number in range(1000):
        assert card.load(card.dump({"id": number})) == {"id": number}
    assert sorted(MADE) == ["exclude", "raise"]
