"""The journal, for who administers: what was done, by whom, on whose behalf, what was before and after (D18)."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from backbone.web import blueprint, principal, query, signed_in
from services.delegation.queries.delegation_journal import delegation_journal

blp = blueprint("journal", url_prefix="/v1/adherents/<uuid:adherent_id>")


class JournalChangeSchema(Schema):
    """One thing that an act changed, in words; `before` is null when there was nothing."""

    field = fields.Str()
    label = fields.Str()
    before = fields.Str(allow_none=True)
    after = fields.Str()


class JournalEntrySchema(Schema):
    """One entry of the journal; `on_behalf_of` is null for what no person did."""

    at = fields.AwareDateTime()
    act = fields.Str()
    author = fields.Str()
    on_behalf_of = fields.Str(allow_none=True)
    reason = fields.Str(allow_none=True)
    changes = fields.List(fields.Nested(JournalChangeSchema))
    scope = fields.Dict()


JournalSchema = Schema.from_dict({"items": fields.List(fields.Nested(JournalEntrySchema))}, name="Journal")


@blp.get("/delegations/<uuid:delegation_id>/journal")
@signed_in
@blp.response(200, JournalSchema)
def get_journal(adherent_id: UUID, delegation_id: UUID) -> Any:
    """Who did what with a delegation, when."""
    mine = {"account_id": principal().account_id, "adherent_id": adherent_id}
    return query(delegation_journal, **mine, delegation_id=delegation_id)
