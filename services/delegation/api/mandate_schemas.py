"""A person's own delegations, in JSON."""

from marshmallow import fields

from backbone.web import page_args, page_schema
from contracts import terms
from services.delegation.api.schemas import DelegationIdSchema


class MandateItemSchema(DelegationIdSchema, terms.Days):
    """A line of « Mes délégations »."""

    raison_sociale = fields.Str()
    identifiant = fields.Str()
    role = fields.Str()
    statut = fields.Str()
    statut_detail = fields.Str(allow_none=True)
    version = fields.Int()
    actions = fields.List(fields.Str())


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
