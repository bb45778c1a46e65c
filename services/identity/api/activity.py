"""« Activité du compte »: what was done with one's own account, a page by the key of the one before."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from backbone.web import PlainInt, blueprint, person, query, signed_in
from services.identity.domain.activity import MOST_SHOWN, SHOWN
from services.identity.queries.activity import activity

blp = blueprint("activity")


class ActivityArgs(Schema):
    """`before`: the `next` of the page before."""

    class Meta:
        """An unknown query parameter is ignored."""

        unknown = EXCLUDE

    before = fields.UUID(load_default=None)
    page_size = PlainInt(load_default=SHOWN, validate=validate.Range(1, MOST_SHOWN))


class ActSchema(Schema):
    """One act: a word of the OWASP logging vocabulary, when, and from where as far as it is known."""

    act = fields.Str()
    at = fields.AwareDateTime()
    browser = fields.Str(allow_none=True)
    address = fields.Str(allow_none=True)


class ActivitySchema(Schema):
    """The newest first; `next` is null on the last page."""

    items = fields.List(fields.Nested(ActSchema))
    next = fields.UUID(allow_none=True)


@blp.get("/account/activity")
@signed_in
@blp.arguments(ActivityArgs, location="query")
@blp.response(200, ActivitySchema)
def mine(args: dict[str, Any]) -> Any:
    """What was done with one's own account in the last twelve months, and what was refused."""
    return query(activity, account_id=person(), **args)
