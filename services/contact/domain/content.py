"""Which contents are accepted. The content decides, never what the browser says; the name may not contradict it (AA43).

Accepted: documents without macros, pictures, plain text. Refused with the rest: archives, programs, web pages, SVG,
and the binary Office formats of before 2007, whose macros nobody can exclude.
"""

import re
from dataclasses import dataclass

from backbone.errors import FieldError, Invalid
from services.contact.domain.files import extension

CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
ACTIVE = re.compile(rb"<\s*(?:!doctype\s+html|html|svg|script|body|iframe)\b", re.IGNORECASE)
HEAD = 4096


class TypeRefused(Invalid):
    """The content of a file is not among those accepted (M12)."""

    slug = "type_de_fichier_refuse"
    detail = "Ce type de fichier n'est pas accepté."
    field = "fichiers"


@dataclass(frozen=True)
class FileKind:
    """A content that is accepted: its media type, and the extensions its name may have."""

    type: str
    extensions: frozenset[str]


def _kind(type_: str, *extensions: str) -> FileKind:
    return FileKind(type_, frozenset(extensions))


OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
TEXT = _kind("text/plain", "txt", "csv", "tsv", "log", "md", "xml", "json", "dsn", "edi", "eml")
ZIP = "application/zip"
KINDS = {
    kind.type: kind
    for kind in (
        _kind("application/pdf", "pdf"),
        _kind("image/jpeg", "jpg", "jpeg", "jpe", "jfif"),
        _kind("image/png", "png"),
        _kind("image/gif", "gif"),
        _kind("image/tiff", "tif", "tiff"),
        _kind("image/webp", "webp"),
        _kind("image/heif", "heic", "heif"),
        _kind(OOXML + "wordprocessingml.document", "docx"),
        _kind(OOXML + "spreadsheetml.sheet", "xlsx"),
        _kind(OOXML + "presentationml.presentation", "pptx"),
        _kind(ODF + "text", "odt"),
        _kind(ODF + "spreadsheet", "ods"),
        _kind(ODF + "presentation", "odp"),
        TEXT,
    )
}


def accept(name: str, detected: str | None) -> str:
    """The media type a file is kept under. `detected` is what its content is, None when it is nothing known.

    TypeRefused when it is not accepted, or when the name claims another type.
    """
    kind = KINDS.get(detected or "")
    claimed = extension(name)
    if kind is None or (claimed and claimed not in kind.extensions):
        raise TypeRefused(errors=[FieldError("fichiers", TypeRefused.slug, f"{name} : {TypeRefused.detail}")])
    return kind.type


def is_text(head: bytes, *, controls: bool) -> bool:
    """Whether a content is plain text: no control character anywhere (`controls` says there was one), no web page."""
    return not controls and not ACTIVE.search(head[:HEAD])


def has_controls(chunk: bytes) -> bool:
    """Whether `chunk` holds bytes that no text of any usual encoding has."""
    return CONTROLS.search(chunk) is not None
