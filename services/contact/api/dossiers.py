"""The caisse's link to the files of a message. Reading never consumes it: mail scanners follow links (AA9)."""

import logging
from typing import Any
from uuid import UUID

from flask import Response, request, send_file

from backbone.errors import NotFound
from backbone.web import blueprint, public, query, service
from services.contact.api.schemas import DossierSchema, TokenSchema
from services.contact.domain.content import KINDS
from services.contact.domain.ports import Blobs
from services.contact.queries.dossier import dossier
from services.contact.queries.dossier_file import dossier_file

log = logging.getLogger(__name__)
blp = blueprint("dossiers")
# A longer one is dead: no link of ours is.
TOKEN = {"type": "string", "maxLength": 200}
FILE = {"type": "string", "format": "binary"}


@blp.post("/dossiers/lookup")
@public
@blp.arguments(TokenSchema)
@blp.response(200, DossierSchema)
def lookup(body: dict[str, Any]) -> Any:
    """The files behind a link. 410 M3 for any dead link."""
    return query(dossier, token=body["token"])


@blp.get("/dossiers/files/<uuid:file_id>")
@public
@blp.doc(
    parameters=[{"in": "header", "name": "X-Dossier-Token", "required": True, "schema": TOKEN}],
    responses={200: {"description": "The file.", "content": {type_: {"schema": FILE} for type_ in sorted(KINDS)}}},
)
def download(file_id: UUID) -> Response:
    """One file, always as an attachment. 410 M3 for a dead link, 404 for a file of another message.

    409 `analyse_en_cours` or `fichier_infecte` for a file that was not found clean.
    """
    found = query(dossier_file, token=request.headers.get("X-Dossier-Token", ""), file_id=file_id)
    try:
        content = service().port(Blobs).open(found["storage_name"])
    except FileNotFoundError:
        log.error("file lost", extra={"file_id": str(file_id)})
        raise NotFound from None
    response = send_file(content, mimetype=found["type"], as_attachment=True, download_name=found["name"])
    response.content_length = found["size"]
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
