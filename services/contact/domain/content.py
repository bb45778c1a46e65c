"""Which contents are accepted. The content decides, never what the browser says; the name may not contradict it (AA43).

Accepted: documents without macros, pictures, plain text. Refused with the rest: archives, programs, web pages, SVG,
and the binary Office formats of before 2007, whose macros nobody can exclude.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backbone.errors import FieldError
from services.contact.domain.files import extension
from services.contact.domain.refusals import FilesRefused, Objection


@dataclass(frozen=True)
class FileKind:
    """A content that is accepted: its media type, and the extensions its name may have."""

    type: str
    extensions: frozenset[str]


@dataclass(frozen=True)
class Content:
    """What a file is: the types it may be kept under, the likeliest first; none, and why not, when it is refused."""

    types: tuple[str, ...] = ()
    objection: Objection = Objection.TYPE


def _kind(type_: str, *extensions: str) -> FileKind:
    return FileKind(type_, frozenset(extensions))


OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
PDF = "application/pdf"
HEIF = "image/heif"
TEXT = _kind("text/plain", "txt", "csv", "tsv", "log", "md", "xml", "json", "dsn", "edi", "eml")
KINDS = {
    kind.type: kind
    for kind in (
        _kind(PDF, "pdf"),
        _kind("image/jpeg", "jpg", "jpeg", "jpe", "jfif"),
        _kind("image/png", "png"),
        _kind("image/gif", "gif"),
        _kind("image/tiff", "tif", "tiff"),
        _kind("image/webp", "webp"),
        _kind(HEIF, "heic", "heif"),
        _kind(OOXML + "wordprocessingml.document", "docx"),
        _kind(OOXML + "spreadsheetml.sheet", "xlsx"),
        _kind(OOXML + "presentationml.presentation", "pptx"),
        _kind(ODF + "text", "odt"),
        _kind(ODF + "spreadsheet", "ods"),
        _kind(ODF + "presentation", "odp"),
        TEXT,
    )
}


def accept(files: Sequence[tuple[str, Content]]) -> list[str]:
    """The media type that each file, a name and its content, is kept under. FilesRefused names each that is not."""
    judged = [_judge(name, content) for name, content in files]
    errors = [one for one in judged if isinstance(one, FieldError)]
    if errors:
        raise FilesRefused(errors[0].message.partition(" : ")[2], errors=errors)
    return [one for one in judged if isinstance(one, str)]


def _judge(name: str, content: Content) -> str | FieldError:
    claimed = extension(name)
    allowed = [type_ for type_ in content.types if not claimed or claimed in KINDS[type_].extensions]
    if allowed:
        return allowed[0]
    objection = Objection.NAME if content.types else content.objection
    return FieldError("fichiers", objection.value, f"{name} : {objection.sentence.format(claimed)}")
