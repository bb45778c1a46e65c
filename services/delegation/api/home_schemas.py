"""The home page of a site, in JSON."""

from marshmallow import Schema, fields, validate

from contracts.words.uses import CODES
from services.delegation.api.schemas import SiteSchema


class AwaitingSchema(Schema):
    """A delegation that waits for its administrator's word, or that ends soon."""

    delegation_id = fields.UUID()
    nom = fields.Str(allow_none=True)
    prenom = fields.Str(allow_none=True)
    email = fields.Str()
    ends_on = fields.Date(allow_none=True)


class AwaitingListSchema(Schema):
    """The first of them, and how many there are."""

    total = fields.Int()
    items = fields.List(fields.Nested(AwaitingSchema))


class HomeSchema(SiteSchema):
    """A site with its home page: codes of the tiles that are pinned and of those used most, in order; what awaits."""

    pinned = fields.List(fields.Str())
    used = fields.List(fields.Str())
    own_end = fields.Date(allow_none=True)
    to_confirm = fields.Nested(AwaitingListSchema)
    to_prolong = fields.Nested(AwaitingListSchema)
    ending = fields.Nested(AwaitingListSchema)
    to_review = fields.Int()


class UsesSchema(Schema):
    """What was opened."""

    codes = fields.List(
        fields.Str(validate=validate.OneOf(CODES)), required=True, validate=validate.Length(min=1, max=len(CODES))
    )
