"""The open alerts of all my sites at once."""

from typing import Any

from marshmallow import Schema, fields, validate

from backbone.web import page_args, page_of, page_schema, principal, query, signed_in
from contracts.words.alerts import AlertKind
from services.dsn.api.routes import blp
from services.dsn.api.schemas import CareSchema
from services.dsn.queries.alerts_board import alerts_board

BoardArgs = page_args(
    largest=500, kind=fields.Str(load_default=None, validate=validate.OneOf(tuple(map(str, AlertKind))))
)


class BoardAlertSchema(Schema):
    """An alert that waits, with its site, its anomaly and what is to be done. `new`: it opened since I was last shown
    it."""

    site_id = fields.UUID()
    adherent_id = fields.UUID()
    raison_sociale = fields.Str()
    siret = fields.Str()
    nom = fields.Str()
    identifiant = fields.Str()
    periode = fields.Str()
    periode_label = fields.Str()
    kind = fields.Str()
    label = fields.Str()
    action = fields.Str()
    opened_at = fields.AwareDateTime()
    new = fields.Bool()
    correction = fields.Nested(CareSchema, allow_none=True)


class KindCountSchema(Schema):
    """How many alerts of a kind wait."""

    kind = fields.Str()
    label = fields.Str()
    count = fields.Int()


class BoardTotalsSchema(Schema):
    """Of all kinds, whichever one is asked for: on how many sites something waits, and how many alerts of each kind."""

    sites = fields.Int()
    kinds = fields.List(fields.Nested(KindCountSchema))


class BoardSchema(page_schema(BoardAlertSchema)):  # type: ignore[misc]
    """A page of them; `total` counts those of the kind that is asked for."""

    totals = fields.Nested(BoardTotalsSchema)


@blp.get("/alerts")
@signed_in
@blp.arguments(BoardArgs, location="query")
@blp.response(200, BoardSchema)
def list_alerts(args: dict[str, Any]) -> dict[str, Any]:
    """The alerts that wait on all the sites whose DSN I may see today, those of an adhérent together."""
    items, total, totals = query(alerts_board, account_id=principal().account_id, **args)
    return {**page_of(items, total, args["page"], args["page_size"]), "totals": totals}
