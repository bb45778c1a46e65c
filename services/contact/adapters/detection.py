"""What a file is, by its content alone: signatures (puremagic), the inside of Office documents, and a rule for text."""

import stat
import zipfile
from pathlib import Path

import puremagic

from services.contact.domain.content import HEAD, KINDS, ODF, OOXML, has_controls, is_text

CHUNK = 256 * 1024
MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
# The part that makes a package of Office a document of one kind.
MAIN_PARTS = {
    "word/document.xml": OOXML + "wordprocessingml.document",
    "xl/workbook.xml": OOXML + "spreadsheetml.sheet",
    "ppt/presentation.xml": OOXML + "presentationml.presentation",
}
# Text has no signature, and an Office document is known by its inside.
SIGNED = {type_ for type_ in KINDS if not type_.startswith(("text/", OOXML, ODF))}
MACROS = ("vbaproject", "vbadata", "basic/", "scripts/", "activex", "macrosheets/", "oleobject")


def detect(path: Path) -> str | None:
    """The media type of the file at `path`, or None when it is nothing we accept or know."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PK"):
        return _office(path)
    return _signature(head) or _text(path, head)


def _signature(head: bytes) -> str | None:
    """The accepted type whose signature `head` begins with."""
    try:
        found = {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError, IndexError):
        return None
    known = sorted(found & SIGNED)
    return known[0] if known else None


def _text(path: Path, head: bytes) -> str | None:
    with path.open("rb") as file:
        controls = any(has_controls(chunk) for chunk in iter(lambda: file.read(CHUNK), b""))
    return "text/plain" if is_text(head, controls=controls) else None


def _office(path: Path) -> str | None:
    """The type of an Office document; None for any other archive, for macros, and for what unpacks beyond measure."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if not _harmless(entries):
                return None
            return _opendocument(archive) or _ooxml({entry.filename for entry in entries})
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, KeyError, RuntimeError):
        return None


def _harmless(entries: list[zipfile.ZipInfo]) -> bool:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return False
    return not any(_suspect(entry) for entry in entries)


def _suspect(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.lower()
    link = stat.S_ISLNK(entry.external_attr >> 16)
    encrypted = bool(entry.flag_bits & 1)
    outside = name.startswith("/") or ".." in name.split("/") or "\\" in name
    return link or encrypted or outside or any(macro in name for macro in MACROS)


def _ooxml(names: set[str]) -> str | None:
    if "[Content_Types].xml" not in names:
        return None
    return next((type_ for part, type_ in MAIN_PARTS.items() if part in names), None)


def _opendocument(archive: zipfile.ZipFile) -> str | None:
    if "mimetype" not in archive.namelist() or archive.getinfo("mimetype").file_size > 100:
        return None
    type_ = archive.read("mimetype").decode("ascii", "replace").strip()
    return type_ if type_.startswith(ODF) and type_ in KINDS else None
