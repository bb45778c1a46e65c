"""What a file is, by its content alone: signatures, the inside of Office documents, and a rule for text.

The order is a rule: a text is a text whatever its first letters look like, for everything else has control bytes.
"""

import mmap
from pathlib import Path

from services.contact.adapters import packages, pictures
from services.contact.adapters.zips import LOCAL_HEADER
from services.contact.domain.content import PDF, TEXT, Content
from services.contact.domain.refusals import Objection
from services.contact.domain.text import HEAD, TextReading, has_controls, is_active

CHUNK = 256 * 1024
# Readers look for it in the first 1 024 bytes (ISO 32000-1, annex H, note 13).
PDF_HEADER, PDF_WITHIN = b"%PDF-", 1024
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def detect(path: Path) -> Content:
    """What the file at `path` is. It never raises for what the file holds, and takes bounded time and memory."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if not head:
            return Content(objection=Objection.EMPTY)
        if head.startswith(LOCAL_HEADER):
            file.seek(0)
            return packages.judge(file)
        if head.startswith(packages.OLE):
            return Content(objection=Objection.PROTECTED if _whole(path).find(ENCRYPTED) >= 0 else Objection.TYPE)
    type_ = pictures.picture(head) if has_controls(head) else None
    if type_:
        flood = pictures.too_many_points(type_, _whole(path))
        return Content(objection=Objection.BOUNDLESS) if flood else Content((type_,))
    return _document(path, head)


def _document(path: Path, head: bytes) -> Content:
    """A PDF or a text. A text that speaks of PDF in its first lines may be either: its name then says which."""
    at = head[: PDF_WITHIN + len(PDF_HEADER) - 1].find(PDF_HEADER)
    if at == 0:
        return Content((PDF,))
    before = head[: max(at, 0)]
    is_pdf = at > 0 and not before.startswith(packages.PROGRAMS) and not is_active(before)
    types = ([PDF] if is_pdf else []) + ([TEXT.type] if _is_text(path, head) else [])
    return Content(tuple(types))


def _is_text(path: Path, head: bytes) -> bool:
    reading = TextReading(head)
    with path.open("rb") as file:
        while (chunk := file.read(CHUNK)) and reading.take(chunk):
            pass
    return reading.is_text()


def _whole(path: Path) -> mmap.mmap:
    """The file as bytes that are not in memory before they are looked at."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
