"""Attestations, in JSON."""

from marshmallow import Schema, fields, validate

from backbone.web import page_args, page_schema
from contracts import terms
from contracts.words.attested import Attested

LONGEST_TYPED = 60


class TextsSchema(Schema):
    """By moment, the version of the texts that were shown then; null for one that nobody kept."""

    ouverture = fields.Str(allow_none=True)
    acceptation = fields.Str(allow_none=True)
    confirmation = fields.Str(allow_none=True)


class AttestationSchema(terms.Terms):
    """What was true of a delegation when it was issued: it never changes. `opened_by` and `confirmed_by` are null for
    what the caisse did; the firm reads no name of the company's people (K10)."""

    number = fields.Str()
    issued_at = fields.AwareDateTime()
    raison_sociale = fields.Str()
    siren = fields.Str()
    identifiant = fields.Str()
    nom = fields.Str(allow_none=True)
    prenom = fields.Str(allow_none=True)
    email = fields.Str()
    kind = fields.Str()
    role = fields.Str()
    in_force = fields.Bool()
    opened_at = fields.AwareDateTime()
    completed_at = fields.AwareDateTime(allow_none=True)
    confirmed_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    opened_by = fields.Str(allow_none=True)
    confirmed_by = fields.Str(allow_none=True)
    texts = fields.Nested(TextsSchema)


class IssuedSchema(Schema):
    """One that can be opened, in a list."""

    delegation_id = fields.UUID()
    number = fields.Str()
    issued_at = fields.AwareDateTime()


IssuedPage = page_schema(IssuedSchema)
IssuedArgs = page_args(adherent=fields.UUID(required=True))


class VerificationSchema(Schema):
    """What is read on the document, as it is typed."""

    number = fields.Str(required=True, validate=validate.Length(max=LONGEST_TYPED))
    siren = fields.Str(required=True, validate=validate.Length(max=LONGEST_TYPED))


class StandingSchema(Schema):
    """One word."""

    state = fields.Str(validate=validate.OneOf(tuple(Attested)))
