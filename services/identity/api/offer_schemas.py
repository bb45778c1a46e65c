"""What somebody is offered and may accept, as identity answers it, and is asked for it (G44, T1)."""

from marshmallow import Schema, fields, validate


class InvitingAdherentSchema(Schema):
    """Who invites."""

    raison_sociale = fields.Str()
    identifiant = fields.Str()
    siren = fields.Str()


class OfferSchema(Schema):
    """What somebody is offered, and by whom. `colleges` and `rights`, a function's level: null where delegation did not
    say it again since identity keeps them."""

    adherent = fields.Nested(InvitingAdherentSchema)
    kind = fields.Str()
    administrator = fields.Bool()
    colleges = fields.List(fields.Str(), allow_none=True)
    rights = fields.Dict(keys=fields.Str(), values=fields.Str(), allow_none=True)
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)


class InvitationSchema(OfferSchema):
    """What a link invites to; `accepts_by`: formulaire, connexion or lien; `mobile_certified`: the number whose code
    came back by it. The names are those by which the caisse knows a founding administrator; else there are none."""

    nom = fields.Str(allow_none=True)
    prenom = fields.Str(allow_none=True)
    email = fields.Str()
    expires_at = fields.AwareDateTime()
    accepts_by = fields.Str()
    mobile_certified = fields.Str(allow_none=True)


class PendingSchema(OfferSchema):
    """A delegation that waits until its beneficiary accepts it."""

    delegation_id = fields.UUID()


class AcceptanceSchema(Schema):
    """Delegations that one accepts, or accepted; no more than a page of them."""

    delegation_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 100))
