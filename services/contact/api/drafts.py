"""What I am writing to the caisse and have not sent: its words, and its files as they are chosen (decision 58)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import g, request

from backbone.errors import FieldError, Refused
from backbone.web import accepts, blueprint, bound, perform, person, query, service, signed_in
from services.contact.api import upload
from services.contact.api.schemas import AddedSchema, DraftIdSchema, DraftWordsSchema, NothingSchema
from services.contact.domain.files import StoredFile
from services.contact.domain.ports import Blobs
from services.contact.domain.refusals import FilesRefused, NameRefused
from services.contact.domain.rules import Rules
from services.contact.queries.form import form
from services.contact.use_cases.add_draft_files import AddDraftFiles, add_draft_files
from services.contact.use_cases.forget_draft import ForgetDraft, forget_draft
from services.contact.use_cases.forget_draft_file import ForgetDraftFile, forget_draft_file
from services.contact.use_cases.store_files import Received, store_files
from services.contact.use_cases.write_draft import WriteDraft, write_draft

# The edge's own limit for this route; the true one is the settings', checked file by file.
MOST_BYTES = 1024 * 1024 * 1024

blp = blueprint("drafts")


@blp.put("/adherents/<uuid:adherent_id>/draft")
@signed_in
@blp.arguments(DraftWordsSchema)
@blp.response(204)
def write(body: dict[str, Any], adherent_id: UUID) -> None:
    """Keep what I am writing. 404 · 409 `brouillon_termine`: that draft was sent or given up."""
    perform(write_draft, WriteDraft(person(), adherent_id, **body))


@blp.post("/adherents/<uuid:adherent_id>/draft/files")
@signed_in
@accepts("multipart/form-data", max_bytes=MOST_BYTES)
@blp.doc(requestBody={"content": {"multipart/form-data": {"schema": upload.FILES_ALONE}}})
@blp.response(201, AddedSchema)
def add(adherent_id: UUID) -> Any:
    """Add files to my draft: those that are accepted, and of each other one why it is not. 404 · 409
    `brouillon_termine` · 413 M11 · 422 when none is accepted (M12), or all together go beyond a limit (M11,
    `brouillons_pleins`) · 503 M15."""
    me, blobs = person(), service().port(Blobs)
    query(form, account_id=me, adherent_id=adherent_id, site=None)  # before a single byte is received
    with blobs.receiving() as receiving:
        sent = upload.read(request, service().port(Rules).limits, receiving, words=(upload.DRAFT,))
        g.body_digest = sent.digest
        files, refused = _kept(sent.files)
        try:
            added = perform(add_draft_files, AddDraftFiles(me, adherent_id, files, sent.draft_id()))
        except Refused:
            blobs.delete(file.storage_name for file in files)
            raise
    return {"files": added, "refused": [{"code": one.code, "message": one.message} for one in refused]}


@blp.post("/adherents/<uuid:adherent_id>/draft/files/<uuid:file_id>/removal")
@signed_in
@blp.arguments(NothingSchema)
@blp.response(204)
def remove(_body: dict[str, Any], adherent_id: UUID, file_id: UUID) -> None:
    """Take a file out of my draft. 404 when it is not there."""
    name = perform(forget_draft_file, ForgetDraftFile(person(), adherent_id, file_id))
    service().port(Blobs).delete([name])


@blp.post("/adherents/<uuid:adherent_id>/draft/discard")
@signed_in
@blp.arguments(DraftIdSchema)
@blp.response(204)
def discard(body: dict[str, Any], adherent_id: UUID) -> None:
    """Give my draft up, with its files; that one alone. 404."""
    names = perform(forget_draft, ForgetDraft(person(), adherent_id, **body))
    service().port(Blobs).delete(names)


def _kept(received: Sequence[Received]) -> tuple[tuple[StoredFile, ...], list[FieldError]]:
    """Those that were accepted, kept, and what is said of each other. FilesRefused when none is."""
    files: list[StoredFile] = []
    refused: list[FieldError] = []
    for one in received:
        try:
            files += bound(store_files)([one])
        except (FilesRefused, NameRefused) as refusal:
            refused += refusal.errors
    if refused and not files:
        raise FilesRefused(refused[0].message.partition(" : ")[2] or refused[0].message, errors=refused)
    return tuple(files), refused
