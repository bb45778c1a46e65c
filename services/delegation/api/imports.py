"""The caisse's systems send the referential, chunk by chunk (`docs/referential.md`)."""

from typing import Any
from uuid import UUID

from flask import request

from backbone.web import accepts, blueprint, machine, perform, principal, query
from contracts.words.services import REFERENTIAL_WRITE
from services.delegation.api.schemas import (
    ChunkReportSchema,
    FirstLineSchema,
    ImportIdSchema,
    ImportSchema,
    StartImportSchema,
)
from services.delegation.queries.import_totals import import_totals
from services.delegation.use_cases.import_lines import ImportLines, import_lines
from services.delegation.use_cases.start_import import StartImport, start_import

blp = blueprint("imports", url_prefix="/v1/imports")
CHUNK_BYTES = 8 * 1024 * 1024


@blp.post("")
@machine(REFERENTIAL_WRITE)
@blp.arguments(StartImportSchema)
@blp.response(201, ImportIdSchema)
def start(body: dict[str, Any]) -> Any:
    """A file is going to be sent."""
    return perform(start_import, StartImport(_client(), **body))


@blp.post("/<uuid:import_id>/lines")
@machine(REFERENTIAL_WRITE)
@accepts("text/csv", "application/x-ndjson", max_bytes=CHUNK_BYTES)
@blp.arguments(FirstLineSchema, location="query")
@blp.response(200, ChunkReportSchema)
def send(args: dict[str, Any], import_id: UUID) -> Any:
    """One chunk; with an Idempotency-Key it may be sent again."""
    body = request.get_data(cache=True)
    return perform(import_lines, ImportLines(_client(), import_id, args["first"], body))


@blp.get("/<uuid:import_id>")
@machine(REFERENTIAL_WRITE)
@blp.response(200, ImportSchema)
def totals(import_id: UUID) -> Any:
    """How far it is."""
    return query(import_totals, client_id=_client(), import_id=import_id)


def _client() -> str:
    return str(principal().client_id)
