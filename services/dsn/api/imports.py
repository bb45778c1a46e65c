"""The files of the caisse's systems: declarations, and answers to them."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from flask import request

from backbone.web import accepts, bound, machine, principal, query
from contracts.words.services import DSN_WRITE
from services.dsn.api.routes import blp
from services.dsn.api.schemas import ImportPageArgs, ImportSchema
from services.dsn.queries.import_report import import_report
from services.dsn.use_cases.import_file import ImportFile, import_file

MAX_BODY = 200 * 1024 * 1024
IN_MEMORY = 4 * 1024 * 1024
STEP = 64 * 1024
XML_TYPES = ("application/xml", "text/xml")
FILE_TYPES = ("", "application/octet-stream", "application/gzip", "text/plain", "application/x-ndjson", *XML_TYPES)
REPORTED = 500


@blp.post("/imports")
@machine(DSN_WRITE)
@accepts(*FILE_TYPES, max_bytes=MAX_BODY)
@blp.response(200, ImportSchema)
def post_import() -> dict[str, Any]:
    """Import the body: NEODeS declarations, or the caisse's answers as JSON lines or a report in XML; gzip or not."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
        # The whole body first: a slow sender holds no transaction.
        while chunk := request.stream.read(STEP):
            body.write(chunk)
        command = ImportFile(principal().owner, lambda: _chunks(body))
        import_id = bound(import_file)(command)
    return _report(import_id, 1, REPORTED)


@blp.get("/imports/<uuid:import_id>")
@machine(DSN_WRITE)
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
