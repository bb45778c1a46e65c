"""The head of « Gérer les droits d'accès »: the company, its firm, and where the delegation to it stands."""

from marshmallow import Schema, fields

from services.delegation.api.schemas import AdherentSchema, DelegationIdSchema


class CabinetSchema(Schema):
    """The accounting firm the caisse knows (G21)."""

    nom = fields.Str()
    email = fields.Str(allow_none=True)


class FirmStandingSchema(DelegationIdSchema):
    """Where the delegation to the firm stands, and since which day."""

    statut = fields.Str()
    a_confirmer = fields.Bool()
    depuis = fields.Date()
    ends_on = fields.Date(allow_none=True)


class AdherentCardSchema(AdherentSchema):
    """The head of « Gérer les droits d'accès »."""

    cabinet_comptable = fields.Nested(CabinetSchema, allow_none=True)
    cabinet_delegated = fields.Bool()
    cabinet_delegation = fields.Nested(FirmStandingSchema, allow_none=True)
