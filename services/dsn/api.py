"""The HTTP way in: sites with their alerts, the Suivi DSN, and the files of the caisse's systems."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from flask import request

from backbone.web import accepts, blueprint, bound, machine, page_of, principal, query, signed_in
from services.dsn.api_schemas import (
    AlertsArgs,
    AlertsSchema,
    ImportPageArgs,
    ImportSchema,
    SiteListArgs,
    SitePageSchema,
    SuiviArgs,
    SuiviSchema,
)
from services.dsn.queries.import_report import import_report
from services.dsn.queries.site_alerts import site_alerts
from services.dsn.queries.site_list import site_list
from services.dsn.queries.suivi import suivi
from services.dsn.use_cases.import_file import ImportFile, import_file

MAX_BODY = 200 * 1024 * 1024
IN_MEMORY = 4 * 1024 * 1024
STEP = 64 * 1024
FILE_TYPES = ("", "application/octet-stream", "application/gzip", "text/plain", "application/x-ndjson")
REPORTED = 500

blp = blueprint("dsn")


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
    answer: dict[str, Any] = query(suivi, account_id=principal().account_id, site_id=site_id, **args)
    return answer


@blp.post("/imports")
@machine("dsn:write")
@accepts(*FILE_TYPES, max_bytes=MAX_BODY)
@blp.response(200, ImportSchema)
def post_import() -> dict[str, Any]:
    """Import the body: NEODeS declarations, or the caisse's answers as JSON lines; gzip or not."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
        # The whole body first: a slow sender holds no transaction.
        while chunk := request.stream.read(STEP):
            body.write(chunk)
        command = ImportFile(principal().owner, lambda: _chunks(body))
        import_id = bound(import_file)(command)
    return _report(import_id, 1, REPORTED)


@blp.get("/imports/<uuid:import_id>")
@machine("dsn:write")
@blp.arguments(ImportPageArgs, location="query")
@blp.response(200, ImportSchema)
def get_import(args: dict[str, Any], import_id: UUID) -> dict[str, Any]:
    """The report of an import, a page of its declarations."""
    return _report(import_id, **args)


def _report(import_id: UUID, page: int, page_size: int) -> dict[str, Any]:
    answer: dict[str, Any] = query(import_report, import_id=import_id, page=page, page_size=page_size)
    return answer


def _chunks(body: IO[bytes]) -> Iterator[bytes]:
    body.seek(0)
    while chunk := body.read(STEP):
        yield chunk
