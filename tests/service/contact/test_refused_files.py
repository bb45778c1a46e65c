"""Good files go whatever program wrote them; each one that is refused is named with its reason (K8: AA43, M12)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backbone.testing import ServiceUnderTest
from tests.service.contact.sending import ME, codes, part, raw, token_of, words, write
from tests.support import documents as d

Store = Callable[[], list[Path]]
WORD = d.MAIN_TYPES["word"]
GOOD = {
    "rapport.docx": d.ooxml("documents/main.xml", main=WORD),
    "tableau.xlsx": d.with_backslashes(d.ooxml("xl/workbook.xml")),
    "pk.csv": b"PK;nom\n1;Dupont\n",
    "gif.txt": b"GIF89a est un format d'image\n",
    "imprimante.pdf": b"\x1b%-12345X@PJL\r\n" + d.PDF,
    "excel.csv": "\ufeffSalarié;Période\r\n".encode("utf-16-le"),
    "mac.txt": "\ufeffSalarié;Période\r".encode("utf-16-be"),
    "bureau.csv": "\ufeffSalarié;Période\r\n".encode(),
    "diapos.pptx": d.ooxml("p/diapos.xml", main=d.MAIN_TYPES["ppt"]),
    "feuille.xlsx": d.ooxml("classeur/un.xml", main=d.MAIN_TYPES["xl"]),
    "lettre.docx": d.with_backslashes(d.ooxml("documents/main.xml", main=WORD)),
    "bm.txt": b"BM est une norme\n",
    "mz.txt": b"MZ est un texte\n",
    "riff.txt": b"RIFF et WEBP sont des mots\n",
    "au_bord.pdf": b"\0" * 1023 + d.PDF,
}


@pytest.mark.parametrize("name", GOOD)
def test_k8_a_good_file_goes_in_the_form_it_was_written_in(under: ServiceUnderTest, name: str) -> None:
    answer = write(under, (name, GOOD[name]))
    assert answer.status == 201, answer.json
    kept = under.get(f"/v1/messages/{answer.json['message_id']}", as_=ME).json["files"]
    assert [one["name"] for one in kept] == [name]


def test_k8_every_refused_file_is_named_with_its_reason(under: ServiceUnderTest, store: Store) -> None:
    macros = d.ooxml("word/document.xml", main="application/vnd.ms-word.document.macroEnabled.main+xml")
    files = [("vide.pdf", b""), ("bon.pdf", d.PDF), ("macros.docx", macros), ("a.exe", d.EXE), ("photo.jpg", d.PDF)]
    answer = write(under, *files)
    assert (answer.status, answer.json["code"]) == (422, "type_de_fichier_refuse")
    assert [one["message"] for one in answer.json["errors"]] == [
        "vide.pdf : Ce fichier est vide.",
        "macros.docx : Ce document contient des macros ou un objet incorporé. Envoyez-le en PDF.",
        "a.exe : Ce type de fichier n'est pas accepté.",
        "photo.jpg : Son contenu ne correspond pas à son extension « .jpg ».",
    ]
    assert codes(answer)[0] == ("fichiers", "fichier_vide")
    assert store() == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bombe.docx", d.ooxml("word/document.xml", **{"word/a.xml": bytes(301 * 1024 * 1024)})),
        ("archive.docx", d.ooxml("word/document.xml", **{"word/a.zip": d.archive({"a": b"a"})})),
        ("chemin.docx", d.ooxml("word/document.xml", **{"..\\..\\etc\\cron.d\\x": b"x"})),
        ("points.gif", b"GIF89a\xff\xff\xff\xff" + bytes(20)),
        ("trop_loin.pdf", b"\0" * 1024 + d.PDF),
        ("page.txt", "\ufeff<script>alert(1)</script>".encode("utf-16-le")),
    ],
    ids=["bomb", "archive inside", "way out", "pixel flood", "a PDF too far", "active in UTF-16"],
)
def test_aa43_what_would_harm_is_refused_still(
    under: ServiceUnderTest, store: Store, name: str, content: bytes
) -> None:
    answer = write(under, (name, content))
    assert answer.status == 422
    assert answer.json["errors"][0]["message"].startswith(f"{name} : ")
    assert store() == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("rapport\u202efdp.csv", "rapportfdp.csv"),
        ("\u2067liste\ufeff.csv", "liste.csv"),
        ("l\u00adis\u200bte.csv", "liste.csv"),
        ("www.evil.example.csv", "evil.example.csv"),
        ("a\u2028b.csv", "ab.csv"),
    ],
)
def test_k7_a_file_keeps_of_its_name_what_is_seen(under: ServiceUnderTest, given: str, shown: str) -> None:
    body = words() + part("fichiers", d.TEXT, file=given.encode()) + b"--xxx--\r\n"
    answer = raw(under, body)
    assert answer.status == 201, answer.json
    assert [one["name"] for one in under.recorded()[-1].data["files"]] == [shown]
    dossier = under.post("/v1/dossiers/lookup", json={"token": token_of(under)}).json
    assert [one["name"] for one in dossier["files"]] == [shown]


@pytest.mark.parametrize("given", ["\u202e\u200b", "123", "\u20671\u2069"])
def test_k7_a_file_of_whose_name_nothing_can_be_read_is_refused(
    under: ServiceUnderTest, store: Store, given: str
) -> None:
    answer = raw(under, words() + part("fichiers", d.TEXT, file=given.encode()) + b"--xxx--\r\n")
    assert (answer.status, answer.json["code"]) == (422, "nom_de_fichier_refuse")
    assert (under.recorded(), store()) == ([], [])
