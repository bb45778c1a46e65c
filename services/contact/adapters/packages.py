"""Documents of Office and OpenDocument: what they are says the package itself, not how its parts are named.

Office: the content type of the main part in `[Content_Types].xml` (ECMA-376 part 2). OpenDocument: `mimetype`, or the
root entry of its manifest. Macros are met by what declares them, by the names they have, and by their own first bytes.
"""

import tempfile
from typing import BinaryIO

from services.contact.adapters.markup import attributes
from services.contact.adapters.zips import LOCAL_HEADER, UNREADABLE, Archive, Budget, NotTaken
from services.contact.domain.content import KINDS, ODF, OOXML, Content
from services.contact.domain.refusals import Objection

TYPES, MIMETYPE, MANIFEST = "[content_types].xml", "mimetype", "meta-inf/manifest.xml"
MAIN_TYPES = {
    f"{OOXML}{name}.main+xml": OOXML + name
    for name in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
}
MACRO_NAMES = ("vbaproject", "vbadata", "basic/", "scripts/", "activex", "macrosheets/", "oleobject")
MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet", "activex", "oleobject")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
MOST_INSIDE, LARGEST_INSIDE = 50, 50 * 1024 * 1024
IN_MEMORY = 1024 * 1024


def judge(file: BinaryIO) -> Content:
    """What the archive in `file` is; its objection when it is no document, has macros, or unpacks beyond measure."""
    budget = Budget()
    try:
        archive, type_ = _document(file, budget)
        inside = [name for name, head in archive.heads() if _is_package(head)]
        if len(inside) > MOST_INSIDE:
            raise NotTaken(Objection.BOUNDLESS)
        for name in inside:
            _judge_inside(archive, name, budget)
    except NotTaken as refused:
        return Content(objection=refused.objection)
    except UNREADABLE:
        return Content()
    return Content((type_,))


def _document(file: BinaryIO, budget: Budget) -> tuple[Archive, str]:
    archive = Archive(file, budget)
    if any(macro in name for name in archive.names() for macro in MACRO_NAMES):
        raise NotTaken(Objection.MACRO)
    type_ = _office(archive) or _opendocument(archive)
    if type_ not in KINDS:
        raise NotTaken(Objection.TYPE)
    return archive, type_


def _is_package(head: bytes) -> bool:
    """Whether a part is a package of its own (the figures of a chart). NotTaken for programs and old Office parts."""
    if head.startswith(OLE):
        raise NotTaken(Objection.MACRO)
    if head.startswith(PROGRAMS):
        raise NotTaken(Objection.TYPE)
    return head.startswith(LOCAL_HEADER)


def _judge_inside(archive: Archive, name: str, budget: Budget) -> None:
    """A package inside is a document of the same rules, with none in it in turn (no nested archives)."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        for chunk in archive.chunks(name):
            copy.write(chunk)
            if copy.tell() > LARGEST_INSIDE:
                raise NotTaken(Objection.BOUNDLESS)
        inner, _ = _document(copy, budget)  # type: ignore[arg-type]
        if any(_is_package(head) for _, head in inner.heads()):
            raise NotTaken(Objection.TYPE)


def _office(archive: Archive) -> str:
    xml = archive.read(TYPES)
    if xml is None:
        return ""
    declared = attributes(xml, "Default", "Override")
    by_extension = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in declared}
    by_part = {_part(one["PartName"]): one.get("ContentType", "") for one in declared if "PartName" in one}
    types = {by_part.get(name) or by_extension.get(name.rpartition(".")[2], "") for name in archive.names()}
    if any(macro in type_.lower() for type_ in types for macro in MACRO_TYPES):
        raise NotTaken(Objection.MACRO)
    main = types & MAIN_TYPES.keys()
    return MAIN_TYPES[main.pop()] if len(main) == 1 else ""


def _part(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _opendocument(archive: Archive) -> str:
    manifest = archive.read(MANIFEST) or b"<none/>"
    if attributes(manifest, "encryption-data"):
        raise NotTaken(Objection.PROTECTED)
    said = (archive.read(MIMETYPE) or b"").decode("ascii", "replace").strip()
    entries = attributes(manifest, "file-entry")
    type_ = said or next((one.get("media-type", "") for one in entries if one.get("full-path") == "/"), "")
    return type_ if type_.startswith(ODF) else ""
