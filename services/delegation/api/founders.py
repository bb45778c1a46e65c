"""The caisse replaces the founding administrator of an adhérent: the role that nobody in the company is above."""

from typing import Any

from marshmallow import Schema, fields, validate

from backbone.web import blueprint, machine, perform, principal
from contracts.words.services import FOUNDERS_WRITE
from services.delegation.api.schemas import DelegationIdSchema
from services.delegation.api.typed import words
from services.delegation.domain.addresses import LONGEST as LONGEST_ADDRESS
from services.delegation.use_cases.replace_founder import ReplaceFounder, replace_founder

blp = blueprint("founders", url_prefix="/v1/founders")


class FounderSchema(Schema):
    """Who replaces whom as founding administrator of which adhérent, and why."""

    caisse = fields.Str(required=True, validate=validate.Length(max=50))
    identifiant = fields.Str(required=True, validate=validate.Length(max=50))
    former_email = fields.Str(required=True, validate=validate.Length(max=LONGEST_ADDRESS))
    email = fields.Str(required=True, validate=validate.Length(max=LONGEST_ADDRESS))
    nom = fields.Str(load_default=None, allow_none=True, validate=[validate.Length(max=100), words])
    prenom = fields.Str(load_default=None, allow_none=True, validate=[validate.Length(max=100), words])
    reason = fields.Str(required=True, validate=[validate.Length(max=200), words])


class FounderReplacedSchema(DelegationIdSchema):
    """The founding administrator's delegation now, and whether this request made it."""

    replaced = fields.Bool()


@blp.post("")
@machine(FOUNDERS_WRITE)
@blp.arguments(FounderSchema)
@blp.response(200, FounderReplacedSchema)
def replace(body: dict[str, Any]) -> Any:
    """The former one's delegation ends, the new one is invited. Said again, it changes nothing."""
    return perform(replace_founder, ReplaceFounder(str(principal().client_id), **body))
