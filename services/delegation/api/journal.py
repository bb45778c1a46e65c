"""The journal, for who administers: what was done, by whom, on whose behalf, what was before and after (D18)."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, validate

from backbone.web import PlainInt, blueprint, principal, query, signed_in
from backbone.web.paging import PageArgs
from contracts.words.journal import Act
from services.delegation.api.schemas import TEXT, DayFilter, DelegationIdSchema
from services.delegation.domain.period import EARLIEST, LATEST
from services.delegation.queries.adherent_journal import adherent_journal
from services.delegation.queries.delegation_journal import delegation_journal

LARGEST = 500  # of what is read at once: a file of the whole asks for it piece by piece
blp = blueprint("journal", url_prefix="/v1/adherents/<uuid:adherent_id>")


class JournalChangeSchema(Schema):
    """One thing that an act changed, in words; `before` is null when there was nothing."""

    field = fields.Str()
    label = fields.Str()
    before = fields.Str(allow_none=True)
    after = fields.Str()


class ToldSchema(Schema):
    """What every line of a journal tells; `on_behalf_of` is null for what no person did."""

    at = fields.AwareDateTime()
    act = fields.Str()
    author = fields.Str()
    on_behalf_of = fields.Str(allow_none=True)
    reason = fields.Str(allow_none=True)
    changes = fields.List(fields.Nested(JournalChangeSchema))


class JournalEntrySchema(ToldSchema):
    """A line of the journal of one delegation, with what it was worth after it."""

    scope = fields.Dict()


class JournalLineSchema(ToldSchema, DelegationIdSchema):
    """A line of the journal of an adhérent, with whose delegation it is about: no names before he accepted (K14)."""

    nom = fields.Str(allow_none=True)
    prenom = fields.Str(allow_none=True)
    email = fields.Str()


class PossibleDay(DayFilter):
    """A day on which something may have been done: one that a delegation may have."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        found = super()._deserialize(value, attr, data, **kwargs)
        if found is not None and not EARLIEST <= found <= LATEST:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return found


class JournalArgs(PageArgs):
    """Which lines: of a person, an act, from one day to another; `avant`, where the page before ended."""

    page_size = PlainInt(load_default=25, validate=validate.Range(1, LARGEST))
    avant = fields.UUID(load_default=None)
    personne = fields.Str(load_default=None, validate=TEXT)
    acte = fields.Str(load_default=None, validate=validate.OneOf(["", *Act]))
    du = PossibleDay(load_default=None)
    au = PossibleDay(load_default=None)


JournalSchema = Schema.from_dict({"items": fields.List(fields.Nested(JournalEntrySchema))}, name="Journal")
AdherentJournalSchema = Schema.from_dict(
    {"items": fields.List(fields.Nested(JournalLineSchema)), "next": fields.UUID(allow_none=True)},
    name="AdherentJournal",
)


@blp.get("/delegations/<uuid:delegation_id>/journal")
@signed_in
@blp.response(200, JournalSchema)
def get_journal(adherent_id: UUID, delegation_id: UUID) -> Any:
    """Who did what with a delegation, when."""
    mine = {"account_id": principal().account_id, "adherent_id": adherent_id}
    return query(delegation_journal, **mine, delegation_id=delegation_id)


@blp.get("/journal")
@signed_in
@blp.arguments(JournalArgs, location="query")
@blp.response(200, AdherentJournalSchema)
def list_journal(args: dict[str, Any], adherent_id: UUID) -> Any:
    """Who did what with the delegations of the adhérent, newest first; `next` is the `avant` of the page after."""
    return query(adherent_journal, account_id=principal().account_id, adherent_id=adherent_id, **args)
