"""Who could do what on a day that is past, for who administers (`queries/who_could.py`)."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, validate

from backbone.web import PlainInt, blueprint, principal, query, signed_in
from backbone.web.paging import PageArgs
from contracts.terms import Terms
from services.delegation.api.journal import LARGEST
from services.delegation.api.schemas import TEXT, DelegationIdSchema
from services.delegation.domain.period import EARLIEST, LATEST
from services.delegation.queries.who_could import who_could

blp = blueprint("past", url_prefix="/v1/adherents/<uuid:adherent_id>")


class PartSchema(Terms):
    """What somebody could do; `since` and `until` are null unless it began or ended within that day."""

    since = fields.AwareDateTime(allow_none=True)
    until = fields.AwareDateTime(allow_none=True)


class HeldSchema(DelegationIdSchema):
    """Who, and all that his delegation opened on that day: one part, or several when it changed."""

    kind = fields.Str()
    nom = fields.Str(allow_none=True)
    prenom = fields.Str(allow_none=True)
    email = fields.Str()
    parts = fields.List(fields.Nested(PartSchema))


class PastArgs(PageArgs):
    """Which day, as it was known when (by default now), whom; `apres`: where the page before ended."""

    page_size = PlainInt(load_default=25, validate=validate.Range(1, LARGEST))
    jour = fields.Date(required=True, validate=validate.Range(EARLIEST, LATEST))
    connu = fields.AwareDateTime(load_default=None)
    personne = fields.Str(load_default=None, validate=TEXT)
    apres = fields.UUID(load_default=None)


class WhoCouldSchema(Schema):
    """The instant up to which one knew, who could, and where the next page begins."""

    connu = fields.AwareDateTime()
    items = fields.List(fields.Nested(HeldSchema))
    next = fields.UUID(allow_none=True)


@blp.get("/who-could")
@signed_in
@blp.arguments(PastArgs, location="query")
@blp.response(200, WhoCouldSchema)
def list_who_could(args: dict[str, Any], adherent_id: UUID) -> Any:
    """Who could do what on `jour`, as was known at `connu`; `next` is the `apres` of the page after."""
    return query(who_could, account_id=principal().account_id, adherent_id=adherent_id, **args)
