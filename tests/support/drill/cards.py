"""The events of the drill."""

from marshmallow import Schema, fields

from backbone.events.cards import EventCard, Registry


class DoneSchema(Schema):
    """One command done; `place` is the state of the deed that projections keep."""

    deed_id = fields.UUID(required=True)
    marker = fields.String(required=True)
    place = fields.String(load_default="")


DONE = EventCard(
    type="drill.done.v1",
    says="A command of the drill was carried out.",
    producer="maker",
    consumers=("taker",),
    key="deed_id",
    personal_data=False,
    since="0.1",
    schema=DoneSchema,
    example={"deed_id": "0190b5a8-0000-7000-8000-000000000001", "marker": "m1", "place": "here"},
)
REGISTRY = Registry.of([DONE])
