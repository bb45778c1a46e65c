"""The choice of a site déclarant (G58–G61) and the catalogue of functions."""

from typing import Any
from uuid import UUID

from backbone.web import blueprint, principal, query, signed_in
from contracts.words.colleges import COLLEGES
from contracts.words.functions import GROUPS
from services.delegation.api.schemas import CatalogueSchema, SitesArgs, SiteSchema, SitesPage
from services.delegation.queries.site_choice import site_choice
from services.delegation.queries.sites_page import sites_page

blp = blueprint("sites", url_prefix="/v1")


@blp.get("/sites")
@signed_in
@blp.arguments(SitesArgs, location="query")
@blp.response(200, SitesPage)
def list_sites(args: dict[str, Any]) -> Any:
    """My sites today."""
    return query(sites_page, account_id=principal().account_id, **args)


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
