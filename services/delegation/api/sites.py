"""The choice of a site déclarant (G58–G61) and the catalogue of functions."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from backbone.web import blueprint, principal, query, signed_in
from contracts.words.colleges import COLLEGES
from contracts.words.functions import GROUPS
from services.delegation.api.schemas import CatalogueSchema, SitesArgs, SiteSchema, SitesPage
from services.delegation.queries.awaited import awaited
from services.delegation.queries.site_choice import site_choice
from services.delegation.queries.sites_page import sites_page

blp = blueprint("sites", url_prefix="/v1")


class AwaitedItemSchema(Schema):
    """A delegation that opens nothing to its beneficiary yet: nobody confirmed it, or its day comes later."""

    raison_sociale = fields.Str()
    identifiant = fields.Str()
    statut = fields.Str()
    starts_on = fields.Date()


class AwaitedSchema(Schema):
    """The nearest of them."""

    items = fields.List(fields.Nested(AwaitedItemSchema))


@blp.get("/sites")
@signed_in
@blp.arguments(SitesArgs, location="query")
@blp.response(200, SitesPage)
def list_sites(args: dict[str, Any]) -> Any:
    """My sites today."""
    return query(sites_page, account_id=principal().account_id, **args)


@blp.get("/awaited")
@signed_in
@blp.response(200, AwaitedSchema)
def list_awaited() -> Any:
    """What I accepted and what opens nothing to me yet, with its day."""
    return query(awaited, account_id=principal().account_id)


@blp.get("/sites/<uuid:site_id>")
@signed_in
@blp.response(200, SiteSchema)
def get_site(site_id: UUID) -> Any:
    """One of my sites and what I may do there."""
    return query(site_choice, account_id=principal().account_id, site_id=site_id)


@blp.get("/catalogue")
@signed_in
@blp.response(200, CatalogueSchema)
def get_catalogue() -> Any:
    """The functions of the rights matrix, in their groups, and the collèges."""
    colleges = [{"code": code, "label": label} for code, label in COLLEGES.items()]
    return {"groups": GROUPS, "colleges": colleges}
