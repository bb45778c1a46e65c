"""Good files are accepted in whatever form they were written; what they may hide is still found (AA43, ASVS 5.2)."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from services.contact.adapters.detection import detect
from services.contact.domain.content import OOXML, PDF, Content
from services.contact.domain.refusals import Objection
from tests.support import documents as d

DOCX, XLSX, PPTX = (
    OOXML + name for name in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)
ODT = "application/vnd.oasis.opendocument.text"
WORD_MAIN = d.MAIN_TYPES["word"]
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
CHART = {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": d.ooxml("xl/workbook.xml")}
BY_MANIFEST = d.archive(
    {
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="urn:x"><m:file-entry m:full-path="/" m:media-type="{ODT}"/>'
        "</m:manifest>".encode(),
        "content.xml": b"<x/>",
    }
)


def heif(major: bytes, *compatible: bytes) -> bytes:
    brands = major + bytes(4) + b"".join(compatible)
    return struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands + bytes(20)


ACCEPTED = {
    "a main part of another name": (d.ooxml("documents/main.xml", main=WORD_MAIN), DOCX),
    "a main part at the root": (d.ooxml("wb.xml", main=d.MAIN_TYPES["xl"]), XLSX),
    "backslashes": (d.with_backslashes(d.ooxml("word/document.xml")), DOCX),
    "backslashes in a presentation": (d.with_backslashes(d.ooxml("ppt/presentation.xml", **CHART)), PPTX),
    "backslashes in an open document": (d.with_backslashes(d.odf("text", **{"META-INF/manifest.xml": b"<m/>"})), ODT),
    "capitals in names": (d.ooxml("WORD/Document.XML", main=WORD_MAIN), DOCX),
    "an open document without its first entry": (BY_MANIFEST, ODT),
    "figures of a chart": (d.ooxml("ppt/presentation.xml", **CHART), PPTX),
    "pdf after a blank line": (b"\r\n\r\n" + d.PDF, PDF),
    "pdf after a printer's words": (b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n" + d.PDF, PDF),
    "pdf after 1 019 bytes": (bytes(1019) + d.PDF, PDF),
    "text that begins as a bitmap": (b"BM;montant\n12;30\n", "text/plain"),
    "text that begins as an archive": (b"PK;nom\n1;Dupont\n", "text/plain"),
    "text that begins as a program": (b"MZ 12, rue des Lilas\n", "text/plain"),
    "text that begins as a picture": ("GIF89a est un format d'image à éviter\n".encode(), "text/plain"),
    "text that begins as a sound": (b"ID3;ID4\n1;2\n", "text/plain"),
    "text that begins as a riff": (b"RIFFabcdWEBPVP8 est un nom\n", "text/plain"),
    "text with a brand": (b"abcdftypheic\n", "text/plain"),
    "text of DOS": (b"compte;solde\r\n1;2\r\n\x1a", "text/plain"),
    "text of Excel": ("\ufeffSalarié;Période\r\n".encode("utf-16-le"), "text/plain"),
    "text of a Mac": ("\ufeffSalarié;Période\r\n".encode("utf-16-be"), "text/plain"),
    "photo of another phone": (heif(b"heix", b"mif1"), "image/heif"),
    "photo of an iPad": (heif(b"mif1", b"mif1", b"heic"), "image/heif"),
}
REFUSED = {
    "macros by type": (d.ooxml("word/document.xml", main=MACRO_MAIN), Objection.MACRO),
    "macros under another name": (
        d.ooxml(
            "word/document.xml",
            extra='<Override PartName="/word/a.bin" ContentType="application/vnd.ms-office.vbaProject"/>',
            **{"word/a.bin": b"x"},
        ),
        Objection.MACRO,
    ),
    "macros that nobody declares": (d.ooxml("word/document.xml", **{"word/a.dat": d.OLE}), Objection.MACRO),
    "macros behind backslashes": (d.with_backslashes(d.odf("text", **{"Basic/a.xml": b"x"})), Objection.MACRO),
    "macros in an inner document": (
        d.ooxml("word/document.xml", **{"word/embeddings/a.xlsx": d.ooxml("xl/workbook.xml", **{"xl/a.bin": d.OLE})}),
        Objection.MACRO,
    ),
    "a program inside": (d.ooxml("word/document.xml", **{"word/a.png": d.EXE}), Objection.TYPE),
    "an archive inside": (d.ooxml("word/document.xml", **{"word/a.zip": d.archive({"a": b"a"})}), Objection.TYPE),
    "three levels": (
        d.ooxml("ppt/presentation.xml", **{"ppt/a.pptx": d.ooxml("ppt/presentation.xml", **CHART)}),
        Objection.TYPE,
    ),
    "a way out by backslashes": (d.ooxml("word/document.xml", **{"..\\..\\x": b"x"}), Objection.TYPE),
    "a drive": (d.ooxml("word/document.xml", **{"C:\\x": b"x"}), Objection.TYPE),
    "two content types": (
        d.ooxml("word/document.xml", **{"[content_types].xml": b"<Types/>"}),
        Objection.TYPE,
    ),
    "two documents in one": (
        d.ooxml(
            "word/document.xml",
            extra=f'<Override PartName="/xl/w.xml" ContentType="{d.MAIN_TYPES["xl"]}"/>',
            **{"xl/w.xml": b"<x/>"},
        ),
        Objection.TYPE,
    ),
    "Word's names without Word's type": (
        d.archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}),
        Objection.TYPE,
    ),
    "entities": (
        d.archive(
            {
                "[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY b "cc">]><Types>&b;</Types>',
                "word/document.xml": b"<x/>",
            }
        ),
        Objection.TYPE,
    ),
    "a template": (
        d.ooxml("word/document.xml", main=OOXML + "wordprocessingml.template.main+xml"),
        Objection.TYPE,
    ),
    "a protected document": (d.OLE + bytes(64) + "EncryptedPackage".encode("utf-16-le"), Objection.PROTECTED),
    "an encrypted open document": (
        d.odf("text", **{"META-INF/manifest.xml": b'<m><file-entry full-path="a"><encryption-data/></file-entry></m>'}),
        Objection.PROTECTED,
    ),
    "a program before a pdf": (d.EXE + d.PDF, Objection.TYPE),
    "a page before a pdf": (b"<html><script>alert(1)</script>" + d.PDF, Objection.TYPE),
    "a pdf too far": (bytes(1025) + d.PDF, Objection.TYPE),
    "a page in UTF-16": ("\ufeff<html><body>".encode("utf-16-le"), Objection.TYPE),
    "half a letter": ("\ufeffabc".encode("utf-16-le")[:-1], Objection.TYPE),
    "a NUL in UTF-16": ("\ufeffa\0b".encode("utf-16-le"), Objection.TYPE),
    "a film": (heif(b"avif", b"mif1"), Objection.TYPE),
    "nothing": (b"", Objection.EMPTY),
    "pixels of a PNG": (d.png()[:16] + struct.pack(">II", 60_000, 60_000) + d.png()[24:], Objection.BOUNDLESS),
    "pixels of a GIF": (b"GIF89a\xff\xff\xff\xff" + bytes(20), Objection.BOUNDLESS),
    "pixels of a JPEG": (b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff" + bytes(20), Objection.BOUNDLESS),
}


def found(tmp_path: Path, content: bytes) -> Content:
    path = tmp_path / "received"
    path.write_bytes(content)
    return detect(path)


@pytest.mark.parametrize("what", ACCEPTED)
def test_k8_a_good_file_is_accepted_however_it_was_written(tmp_path: Path, what: str) -> None:
    content, type_ = ACCEPTED[what]
    assert type_ in found(tmp_path, content).types


@pytest.mark.parametrize("what", REFUSED)
def test_k8_what_a_file_hides_is_still_found_and_said(tmp_path: Path, what: str) -> None:
    content, objection = REFUSED[what]
    assert found(tmp_path, content) == Content(objection=objection)


def test_a_text_about_pdf_is_what_its_name_says(tmp_path: Path) -> None:
    assert found(tmp_path, b"En tete : %PDF-1.7\n").types == (PDF, "text/plain")


def test_asvs_523_a_directory_larger_than_a_document_needs_is_not_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for n in range(12_000):
            file.writestr(f"{n:060}.xml", b"")
    assert found(tmp_path, buffer.getvalue()).objection == Objection.BOUNDLESS


def test_a_method_that_names_its_own_memory_is_not_tried(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("[Content_Types].xml", b"<Types/>")
    assert found(tmp_path, buffer.getvalue()).objection == Objection.TYPE


def test_asvs_525_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO(d.ooxml("word/document.xml"))
    with zipfile.ZipFile(buffer, "a") as file:
        link = zipfile.ZipInfo("word/media/a.png")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    assert found(tmp_path, buffer.getvalue()).objection == Objection.TYPE
