"""Which contents are accepted, under which names (AA43, ASVS 5.2)."""

from pathlib import Path

import pytest

from services.contact.adapters import zips
from services.contact.adapters.detection import detect
from services.contact.domain.content import OOXML, Content, accept
from services.contact.domain.refusals import FilesRefused, Objection
from tests.support import documents as d

DOCX = d.ooxml("word/document.xml")
ACCEPTED = [
    (d.PDF, "application/pdf"),
    (d.JPEG, "image/jpeg"),
    (d.png(), "image/png"),
    (b"GIF89a" + bytes(20), "image/gif"),
    (b"II*\x00\x08\x00\x00\x00" + bytes(20), "image/tiff"),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(20), "image/webp"),
    (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(20), "image/heif"),
    (DOCX, OOXML + "wordprocessingml.document"),
    (d.ooxml("xl/workbook.xml"), OOXML + "spreadsheetml.sheet"),
    (d.ooxml("ppt/presentation.xml"), OOXML + "presentationml.presentation"),
    (d.odf("text"), "application/vnd.oasis.opendocument.text"),
    (d.odf("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    (d.TEXT, "text/plain"),
    (d.LATIN, "text/plain"),
    (b"S10.G00.00.001,'Logiciel'\r\n", "text/plain"),
]
REFUSED = {
    "program": d.EXE,
    "old office": d.OLE,
    "svg": d.SVG,
    "html": d.HTML,
    "html later": b"\n" * 200 + d.HTML,
    "zip": d.archive({"a.txt": b"a"}),
    "macro": d.ooxml("word/document.xml", **{"word/vbaProject.bin": b"x"}),
    "open document macro": d.odf("text", **{"Basic/Standard/Module1.xml": b"x"}),
    "zip slip": d.ooxml("word/document.xml", **{"../../etc/cron.d/x": b"x"}),
    "absolute": d.ooxml("word/document.xml", **{"/etc/x": b"x"}),
    "cut archive": DOCX[: len(DOCX) // 2],
    "other open document": d.odf("database"),
    "binary": bytes(range(256)),
    "text with a nul": b"abc\0def",
    "shell colours": b"\x1b[31mrouge",
}


def content_of(tmp_path: Path, content: bytes) -> Content:
    path = tmp_path / "received"
    path.write_bytes(content)
    return detect(path)


def kind_of(tmp_path: Path, content: bytes) -> str | None:
    return next(iter(content_of(tmp_path, content).types), None)


def objection(tmp_path: Path, content: bytes) -> str:
    found = content_of(tmp_path, content)
    assert found.types == ()
    return found.objection


@pytest.mark.parametrize(("content", "type_"), ACCEPTED, ids=[type_ for _, type_ in ACCEPTED])
def test_these_contents_are_known(tmp_path: Path, content: bytes, type_: str) -> None:
    assert kind_of(tmp_path, content) == type_


@pytest.mark.parametrize("what", REFUSED)
def test_aa43_these_contents_are_refused_whatever_their_name(tmp_path: Path, what: str) -> None:
    detected = content_of(tmp_path, REFUSED[what])
    for name in ("facture.pdf", "sans extension"):
        with pytest.raises(FilesRefused):
            accept([(name, detected)])


def test_aa43_the_name_may_not_contradict_the_content() -> None:
    pdf = Content(("application/pdf",))
    assert accept([("facture.pdf", pdf), ("facture", pdf)]) == ["application/pdf"] * 2
    for name in ("facture.exe", "facture.html", "facture.jpg", "facture.pdf.js"):
        with pytest.raises(FilesRefused, match="Son contenu ne correspond pas à son extension"):
            accept([(name, pdf)])


def test_m12_names_each_file_with_its_reason() -> None:
    png = Content(("image/png",))
    with pytest.raises(FilesRefused) as refused:
        accept([("virus.exe", Content()), ("bon.png", png), ("vide.pdf", Content(objection=Objection.EMPTY))])
    assert refused.value.detail == "Ce type de fichier n'est pas accepté."
    assert [(one.code, one.message) for one in refused.value.errors] == [
        ("type_de_fichier_refuse", "virus.exe : Ce type de fichier n'est pas accepté."),
        ("fichier_vide", "vide.pdf : Ce fichier est vide."),
    ]


def test_asvs_523_an_archive_unpacks_within_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(zips, "MOST_ENTRIES", 10)
    assert kind_of(tmp_path, DOCX) is not None
    bombs = (
        d.ooxml("word/document.xml", **{"bomb": bytes(1_000_001)}),
        d.ooxml("word/document.xml", **{f"{n}": b"" for n in range(9)}),
        d.ooxml("word/document.xml", **{"word/embeddings/a.xlsx": d.ooxml("xl/workbook.xml", **{"b": bytes(999_000)})}),
    )
    assert [objection(tmp_path, bomb) for bomb in bombs] == [Objection.BOUNDLESS] * 3
