"""A person's own delegations, in JSON."""

from marshmallow import Schema, fields

from backbone.web import page_args, page_schema
from contracts import terms
from services.delegation.api.schemas import DelegationIdSchema


class ProlongationSchema(Schema):
    """More days that the person asked for; `reason`: why they are refused, if that was said."""

    wanted_on = fields.Date()
    answered_at = fields.AwareDateTime(allow_none=True)
    reason = fields.Str(allow_none=True)


class AskProlongationSchema(Schema):
    """The last day that is wished."""

    wanted_on = fields.Date(required=True)


class MandateItemSchema(DelegationIdSchema, terms.Days):
    """A line of « Mes délégations »."""

    raison_sociale = fields.Str()
    identifiant = fields.Str()
    role = fields.Str()
    statut = fields.Str()
    statut_detail = fields.Str(allow_none=True)
    version = fields.Int()
    actions = fields.List(fields.Str())
    reminded_at = fields.AwareDateTime(allow_none=True)
    next_reminder_at = fields.AwareDateTime(allow_none=True)
    prolongation = fields.Nested(ProlongationSchema, allow_none=True)


class MandateSchema(MandateItemSchema, terms.Terms):
    """One of them with all that it grants, and what giving it up takes with it."""

    opened_at = fields.AwareDateTime()
    completed_at = fields.AwareDateTime(allow_none=True)
    confirmed_at = fields.AwareDateTime(allow_none=True)
    refused_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    opened_by = fields.Str(allow_none=True)
    below = fields.Int()
    left_to_review = fields.Int()


MandatesPage = page_schema(MandateItemSchema)
MandatesArgs = page_args()
