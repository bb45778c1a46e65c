"""My sites with their alerts, and the Suivi DSN of each; a month of an establishment for the caisse's systems."""

from typing import Any
from uuid import UUID

from backbone.web import machine, page_of, person, principal, query, signed_in
from contracts.words.services import DSN_WRITE
from services.dsn.api.counting import used
from services.dsn.api.routes import blp
from services.dsn.api.schemas import (
    AlertsArgs,
    AlertsSchema,
    EstablishmentSchema,
    ExplainedSchema,
    SiteListArgs,
    SitePageSchema,
    SuiviArgs,
    SuiviSchema,
)
from services.dsn.queries.establishment_explained import establishment_explained
from services.dsn.queries.month_explained import month_explained
from services.dsn.queries.site_alerts import site_alerts
from services.dsn.queries.site_list import site_list
from services.dsn.queries.suivi import suivi


@blp.get("/sites")
@signed_in
@blp.arguments(SiteListArgs, location="query")
@blp.response(200, SitePageSchema)
def list_sites(args: dict[str, Any]) -> dict[str, Any]:
    """My sites with the DSN alerts of each, alerts first."""
    items, total = query(site_list, account_id=principal().account_id, **args)
    return page_of(items, total, args["page"], args["page_size"])


@blp.get("/sites/<uuid:site_id>/alerts")
@signed_in
@blp.arguments(AlertsArgs, location="query")
@blp.response(200, AlertsSchema)
def get_alerts(args: dict[str, Any], site_id: UUID) -> dict[str, Any]:
    """The alerts of one site."""
    answer: dict[str, Any] = query(site_alerts, account_id=principal().account_id, site_id=site_id, **args)
    return answer


@blp.get("/sites/<uuid:site_id>/suivi")
@signed_in
@blp.arguments(SuiviArgs, location="query")
@blp.response(200, SuiviSchema)
def get_suivi(args: dict[str, Any], site_id: UUID) -> dict[str, Any]:
    """The months of one site."""
    answer: dict[str, Any] = query(suivi, account_id=person(), site_id=site_id, **args)
    used(site_id)
    return answer


@blp.get("/sites/<uuid:site_id>/suivi/<string:period>")
@signed_in
@blp.response(200, ExplainedSchema)
def get_month(site_id: UUID, period: str) -> dict[str, Any]:
    """Why a month of one site stands where it stands, and what to do."""
    answer: dict[str, Any] = query(month_explained, account_id=person(), site_id=site_id, period=period)
    used(site_id)
    return answer


@blp.get("/establishments/<string:siret>/suivi/<string:period>")
@machine(DSN_WRITE)
@blp.response(200, EstablishmentSchema)
def get_establishment(siret: str, period: str) -> dict[str, Any]:
    """The same of each site of an establishment, with what waits in quarantine, for the caisse's systems."""
    answer: dict[str, Any] = query(establishment_explained, siret=siret, period=period)
    return answer
