"""Files as they come in: limits, contents, names, cut uploads, full disks, orphans (AA42–AA44, FA19–FA21)."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from backbone.testing import ServiceUnderTest
from services.contact.adapters import blobs
from services.contact.domain.ports import Blobs
from tests.service.contact.sending import ME, MESSAGES, announced, part, raw, token_of, words, write
from tests.support.documents import EXE, PDF, TEXT

Make = Callable[..., ServiceUnderTest]
Store = Callable[[], list[Path]]
END = b"--xxx--\r\n"


def padded(size: int) -> bytes:
    return PDF + b" " * (size - len(PDF))


def age(files: list[Path], under: ServiceUnderTest, hours: float) -> None:
    at = (under.clock.now() - timedelta(hours=hours)).timestamp()
    for file in files:
        os.utime(file, (at, at))


def test_aa42_forty_megabytes_exactly_are_accepted_and_one_byte_more_is_not(
    under: ServiceUnderTest, store: Store
) -> None:
    half = 41_943_040 // 2
    assert write(under, ("a.pdf", padded(half)), ("b.pdf", padded(half))).status == 201
    kept = store()
    refused = write(under, ("a.pdf", padded(half)), ("b.pdf", padded(half + 1)))
    assert (refused.status, refused.json["detail"]) == (413, "20 fichiers au maximum, 40 Mo au total.")
    assert store() == kept


def test_aa42_far_too_much_is_refused_before_it_is_read(under: ServiceUnderTest, store: Store) -> None:
    refused = write(under, ("a.pdf", padded(45_000_000)))
    assert (refused.status, refused.json["detail"]) == (413, "20 fichiers au maximum, 40 Mo au total.")
    assert store() == []


def test_aa42_twenty_files_are_accepted_and_twenty_one_are_not(under: ServiceUnderTest, store: Store) -> None:
    twenty = [(f"{n}.pdf", PDF) for n in range(20)]
    assert write(under, *twenty).status == 201
    refused = write(under, *twenty, ("21.pdf", PDF))
    assert (refused.status, refused.json["detail"]) == (422, "20 fichiers au maximum, 40 Mo au total.")
    assert len(store()) == 20


def test_aa43_a_program_called_pdf_is_refused_and_nothing_is_kept(under: ServiceUnderTest, store: Store) -> None:
    refused = write(under, ("bon.pdf", PDF), ("facture.pdf", EXE))
    assert (refused.status, refused.json["detail"]) == (422, "Ce type de fichier n'est pas accepté.")
    assert refused.json["errors"][0]["message"].startswith("facture.pdf :")
    assert store() == []


def test_aa43_the_browsers_word_counts_for_nothing(under: ServiceUnderTest) -> None:
    sent = write(under, ("facture.pdf", PDF), types="text/html").json["message_id"]
    assert under.get(f"/v1/messages/{sent}", as_=ME).json["files"][0]["type"] == "application/pdf"


@pytest.mark.parametrize(
    ("name", "shown"), [("../../etc/passwd", "passwd"), ("C:\\\\x", "x"), (".htaccess", "htaccess")]
)
def test_aa44_a_wicked_name_is_only_shown(under: ServiceUnderTest, store: Store, name: str, shown: str) -> None:
    answer = raw(under, words() + part("fichiers", TEXT, file=name.encode()) + END)
    assert answer.status == 201
    found = under.get(f"/v1/messages/{answer.json['message_id']}", as_=ME).json["files"]
    assert [one["name"] for one in found] == [shown]
    assert all(UUID(hex=file.name) for file in store())  # the store knows our names alone


def test_aa44_nul_is_400_and_a_name_of_256_characters_422(under: ServiceUnderTest, store: Store) -> None:
    assert raw(under, words() + part("fichiers", PDF, file=b"a\0b.pdf") + END).status == 400
    assert raw(under, words() + part("fichiers", PDF, file=b"a" * 252 + b".pdf") + END).status == 422
    assert store() == []


def test_a_file_field_left_alone_is_no_file(under: ServiceUnderTest) -> None:
    answer = raw(under, words() + part("fichiers", b"", file=b"") + END)
    assert answer.status == 201
    assert announced(under)[0].data["files"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"n'importe quoi",
        words(),
        words() + END[:-4],
        words() + part("objet", b"\xff\xfe") + END,
        part("objet", b"\xff\xfe") + END,
        part("objet", b"a\0b") + END,
        b"--xxx\r\nContent-Type: text/plain\r\n\r\nx\r\n" + END,
        b'--xxx\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n' + END,
    ],
)
def test_c2_what_is_no_form_is_refused_without_an_error_500(under: ServiceUnderTest, body: bytes) -> None:
    assert raw(under, body).status in (400, 422)
    assert under.recorded() == []


def test_c2_another_kind_of_body_is_415_and_no_boundary_400(under: ServiceUnderTest) -> None:
    assert under.post(MESSAGES, json={"objet": "x"}, as_=ME).status == 415
    assert under.post(MESSAGES, data=b"x", as_=ME, content_type="multipart/form-data").status == 400


def test_fa19_an_upload_cut_in_the_middle_leaves_nothing(under: ServiceUnderTest, store: Store) -> None:
    body = words() + part("fichiers", padded(2_000_000), file=b"a.pdf") + END
    assert raw(under, body[: len(body) // 2]).status == 400
    assert under.recorded() == []
    assert store() == []


def test_fa19_what_a_killed_process_was_receiving_is_swept_after_an_hour(
    under: ServiceUnderTest, tmp_path: Path, store: Store
) -> None:
    with under.service.port(Blobs).receiving() as receiving:
        receiving.new().write(b"half")
        receiving._files.clear()  # killed: nobody discards it
    age(store(), under, 0.5)
    assert under.run_job("sweep_files") == 0
    age(store(), under, 2)
    assert under.run_job("sweep_files") == 1
    assert store() == []


def test_fa20_killed_between_the_files_and_the_message_a_retry_gives_one_message(
    under: ServiceUnderTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = str(uuid4())
    with monkeypatch.context() as patch:
        patch.setattr("services.contact.api.messages.perform", _killed)
        assert write(under, ("a.pdf", PDF), key=key).status == 500
    assert len(store()) == 1  # kept, and no message refers to it
    assert write(under, ("a.pdf", PDF), key=key).status == 201
    age(store(), under, 2)
    assert under.run_job("sweep_files") == 1
    assert len(store()) == len(announced(under)) == 1
    assert under.run_job("sweep_files") == 0


@pytest.mark.parametrize("moment", ["write", "fsync"])
def test_fa21_a_full_disk_is_503_and_keeps_nothing(
    under: ServiceUnderTest, store: Store, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    with monkeypatch.context() as patch:
        if moment == "fsync":
            patch.setattr(blobs.os, "fsync", _full)
        else:
            patch.setattr(blobs.IncomingFile, "write", lambda self, chunk: _guarded())
        answer = write(under, ("a.pdf", PDF), ("b.pdf", PDF))
    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert answer.json["detail"] == "Service momentanément indisponible. Réessayez dans quelques instants."
    assert store() == []
    assert write(under).status == 201  # words alone still go


def test_t6_the_limits_are_settings(make: Make) -> None:
    under = make(max_files=1, max_bytes=1024 * 1024)
    refused = write(under, ("a.pdf", PDF), ("b.pdf", PDF))
    assert refused.json["detail"] == "1 fichiers au maximum, 1 Mo au total."
    assert write(under, ("a.pdf", padded(1024 * 1024 + 1))).status == 413


def test_a_refused_message_leaves_no_file(under: ServiceUnderTest, store: Store) -> None:
    assert write(under, ("a.pdf", PDF), objet="").status == 422
    assert store() == []


def test_the_files_of_an_expired_dossier_are_deleted_and_the_message_stays(
    under: ServiceUnderTest, store: Store
) -> None:
    sent = write(under, ("a.pdf", PDF)).json["message_id"]
    token = token_of(under)
    under.clock.advance(timedelta(days=29))
    assert under.run_job("purge_files") == 0
    under.clock.advance(timedelta(days=1))
    assert under.post("/v1/dossiers/lookup", json={"token": token}).status == 410
    assert under.run_job("purge_files") == 1
    assert store() == []
    assert under.get(f"/v1/messages/{sent}", as_=ME).json["files_purged_at"] is not None


def _killed(*_: object, **__: object) -> None:
    raise RuntimeError("the process dies here")


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def _guarded() -> None:
    with blobs._away():
        _full()
