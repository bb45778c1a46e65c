"""What became of a link of a mail, for who is logged in with the account that it is of; nobody else is told."""

from typing import Any

from marshmallow import Schema, fields, validate

from backbone.web import blueprint, person, query, signed_in
from services.identity.api.schemas import TokenSchema
from services.identity.domain.link import Purpose
from services.identity.queries.link_fate import link_fate

blp = blueprint("links")


class LinkAskedSchema(TokenSchema):
    """A link, and what it is for."""

    purpose = fields.Str(required=True, validate=[validate.Length(max=20), validate.OneOf(tuple(map(str, Purpose)))])


class LinkFateSchema(Schema):
    """valable (until `at`), utilise, expire, remplace (at `at`)."""

    state = fields.Str()
    at = fields.AwareDateTime()


@blp.post("/account/links/lookup")
@signed_in
@blp.arguments(LinkAskedSchema)
@blp.response(200, LinkFateSchema)
def look_up_mine(body: dict[str, Any]) -> Any:
    """What became of one's own link; 404 for any other. Nothing is consumed."""
    return query(link_fate, account_id=person(), **body)
