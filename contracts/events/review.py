"""What delegation announces of the review of who has which right."""

from marshmallow import Schema, fields, validate

from backbone.events.cards import EventCard
from contracts.examples import DELEGATION
from contracts.fields import AdherentRef, Name, Person, required
from contracts.words.review import Due

MOST_LEFT = 5  # names of who left; those who are asked see the others on the page


class ReviewAskedData(Schema):
    """Of which adhérent, why (« depart »: `left` granted rights and administer it no more; « periode »: it is time),
    and the administrators to ask."""

    review_id = required(fields.UUID)
    adherent = required(fields.Nested, nested=AdherentRef)
    reason = required(fields.Str, validate=validate.OneOf(tuple(Due)))
    left = required(fields.List, cls_or_instance=Name(), validate=validate.Length(max=MOST_LEFT))
    administrators = required(fields.List, cls_or_instance=fields.Nested(Person))


REVIEW_ASKED = EventCard(
    type="review.asked.v1",
    says="The delegations of an adhérent are to be reviewed; its administrators are asked, once.",
    producer="delegation",
    consumers=("notification",),
    key="review_id",
    personal_data=True,
    since="2026-11",
    schema=ReviewAskedData,
    example={
        "review_id": "01930000-0000-7000-8000-0000000000ee",
        "adherent": DELEGATION["adherent"],
        "reason": Due.DEPART,
        "left": ["Luc Petit"],
        "administrators": [{"email": "durand@example.com", "nom": "Durand", "prenom": "Paul"}],
    },
)

CARDS = (REVIEW_ASKED,)
