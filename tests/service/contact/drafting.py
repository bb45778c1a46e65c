"""What the tests of drafts say often."""

import io
from typing import Any
from uuid import UUID

from backbone.testing import Answer, ServiceUnderTest
from contracts.examples import ADHERENT_ID
from tests.service.contact.sending import ME

DRAFT = f"/v1/adherents/{ADHERENT_ID}/draft"
FORM = f"/v1/adherents/{ADHERENT_ID}/form"


def add(under: ServiceUnderTest, *files: tuple[str, bytes], as_: UUID = ME, key: str | None = None) -> Answer:
    """Add files to the draft."""
    given = {"fichiers": [(io.BytesIO(content), name) for name, content in files]}
    headers = {"Idempotency-Key": key} if key else {}
    return under.post(f"{DRAFT}/files", data=given, as_=as_, headers=headers, content_type="multipart/form-data")


def added(under: ServiceUnderTest, *files: tuple[str, bytes]) -> list[str]:
    """The ids of files that the draft took."""
    return [one["file_id"] for one in add(under, *files).json["files"]]


def words(under: ServiceUnderTest, objet: str, message: str, as_: UUID = ME) -> Answer:
    """Keep what is being written."""
    return under.put(DRAFT, json={"objet": objet, "message": message}, as_=as_)


def remove(under: ServiceUnderTest, file_id: str, as_: UUID = ME) -> Answer:
    """Take a file out of the draft."""
    return under.post(f"{DRAFT}/files/{file_id}/removal", json={}, as_=as_)


def draft(under: ServiceUnderTest, as_: UUID = ME) -> dict[str, Any]:
    """The draft as the form shows it, but for its id."""
    found = under.get(FORM, as_=as_).json["brouillon"]
    return {name: value for name, value in found.items() if name != "draft_id"}


def draft_id(under: ServiceUnderTest) -> str:
    """The id of the draft that the form shows."""
    return str(under.get(FORM, as_=ME).json["brouillon"]["draft_id"])


def discard(under: ServiceUnderTest, draft_id: str | None = None) -> Answer:
    """Give the draft up."""
    return under.post(f"{DRAFT}/discard", json={"draft_id": draft_id} if draft_id else {}, as_=ME)


def add_to(under: ServiceUnderTest, draft_id: str, *files: tuple[str, bytes]) -> Answer:
    """Add files to that draft."""
    given = {"draft_id": draft_id, "fichiers": [(io.BytesIO(content), name) for name, content in files]}
    return under.post(f"{DRAFT}/files", data=given, as_=ME, content_type="multipart/form-data")


def words_in(under: ServiceUnderTest, draft_id: str, message: str) -> Answer:
    """Keep what is being written in that draft."""
    return under.put(DRAFT, json={"draft_id": draft_id, "objet": "Question", "message": message}, as_=ME)
