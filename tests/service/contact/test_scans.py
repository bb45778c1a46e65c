"""Files are judged by a real clamd before the caisse gets them; whatever fails leaves them closed (decision 13)."""

import os
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from backbone.shape.config import SettingsError
from backbone.testing import ServiceUnderTest
from services.contact.adapters.clamd import Clamd
from services.contact.domain.ports import Blobs
from services.contact.use_cases.scan_files import AGAIN_AFTER, AntivirusAway, NotJudged
from tests.service.contact.drafting import added, draft, remove
from tests.service.contact.sending import ME, codes, token_of, write
from tests.support.clamd import LocalClamd, eicar
from tests.support.documents import PDF, TEXT
from tests.support.fixtures import clamd as clamd

Make = Callable[..., ServiceUnderTest]
Store = Callable[[], list[Path]]
NOT_YET = (409, "analyse_en_cours", "Ce fichier est en cours d'analyse. Réessayez dans quelques minutes.")
NEVER = (409, "fichier_infecte", "Fichier supprimé : un virus a été détecté.")


@pytest.fixture
def under(make: Make, clamd: LocalClamd) -> ServiceUnderTest:
    """The service with that antivirus."""
    return make(antivirus_url=clamd.url)


def dossier(under: ServiceUnderTest) -> list[dict[str, Any]]:
    """The files as the caisse sees them."""
    return list(under.post("/v1/dossiers/lookup", json={"token": token_of(under)}).json["files"])


def scans(under: ServiceUnderTest) -> dict[str, str]:
    """What is said of each file."""
    return {one["name"]: one["scan"] for one in dossier(under)}


def download(under: ServiceUnderTest, number: int = 0) -> Any:
    """The answer to the caisse's download: the bytes, or the refusal."""
    path = f"/v1/dossiers/files/{dossier(under)[number]['file_id']}"
    answer = under.get(path, headers={"X-Dossier-Token": token_of(under)})
    return answer.body if answer.status == 200 else (answer.status, answer.json["code"], answer.json["detail"])


class Killing(BytesIO):
    """A file during whose reading the antivirus dies."""

    def __init__(self, daemon: LocalClamd, size: int) -> None:
        super().__init__(PDF + b" " * size)
        self._daemon = daemon

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes; the daemon does not live to see the third chunk."""
        if self.tell() > 100_000:
            self._daemon.kill9()
        return super().read(size)


def test_a_file_that_cannot_even_be_opened_lets_the_others_pass(under: ServiceUnderTest) -> None:
    write(under, ("a.txt", TEXT), ("b.pdf", PDF))
    blobs, opened = under.service.port(Blobs), []

    def refuse_first(name: str, real: Any = blobs.open) -> Any:
        opened.append(name)
        if name == opened[0]:
            raise PermissionError(13, "Permission denied")
        return real(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blobs, "open", refuse_first)
        under.run_job("scan_files")
    assert sorted(scans(under).values()) == ["en_cours", "sain"]


def test_a_clean_file_is_given_once_it_was_judged(under: ServiceUnderTest) -> None:
    write(under, ("a.pdf", PDF), ("note.txt", b"x"))
    assert scans(under) == {"a.pdf": "en_cours", "note.txt": "en_cours"}
    assert download(under) == NOT_YET
    assert under.run_job("scan_files") == 2
    assert scans(under) == {"a.pdf": "sain", "note.txt": "sain"}
    assert download(under) == PDF


def test_a_virus_is_deleted_never_given_and_said_to_both_sides(under: ServiceUnderTest, store: Store) -> None:
    sent = write(under, ("a.pdf", PDF), ("virus.txt", eicar())).json["message_id"]
    assert under.run_job("scan_files") == 2
    assert scans(under) == {"a.pdf": "sain", "virus.txt": "infecte"}
    assert download(under, 1) == NEVER
    assert [file.read_bytes() for file in store()] == [PDF]
    mine = under.get(f"/v1/messages/{sent}", as_=ME).json["files"]
    assert [one["scan"] for one in mine] == ["sain", "infecte"]
    assert under.get("/v1/messages", as_=ME).json["items"][0]["files"] == mine


def test_without_the_antivirus_people_write_and_the_caisse_waits(under: ServiceUnderTest, clamd: LocalClamd) -> None:
    clamd.kill9()
    assert write(under, ("a.pdf", PDF)).status == 201
    with pytest.raises(AntivirusAway):  # the worker says so, and comes back
        under.run_job("scan_files")
    assert (scans(under), download(under)) == ({"a.pdf": "en_cours"}, NOT_YET)
    clamd.start()
    assert under.run_job("scan_files") == 1
    assert download(under) == PDF


def test_an_antivirus_that_dies_in_the_middle_is_asked_again(
    under: ServiceUnderTest, clamd: LocalClamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(under, ("a.pdf", PDF))
    with monkeypatch.context() as patch:
        patch.setattr(under.service.port(Blobs), "open", lambda _: Killing(clamd, 3_000_000))
        assert under.run_job("scan_files") == 0
    assert scans(under) == {"a.pdf": "en_cours"}
    clamd.start()
    assert under.run_job("scan_files") == 0  # others first
    under.clock.advance(AGAIN_AFTER)
    assert under.run_job("scan_files") == 1
    assert scans(under) == {"a.pdf": "sain"}


def test_a_file_that_a_wrong_clock_put_off_is_judged_when_the_clock_is_right_again(
    under: ServiceUnderTest, clamd: LocalClamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(under, ("a.pdf", PDF))
    under.clock.advance(timedelta(hours=2))
    with monkeypatch.context() as patch:
        patch.setattr(under.service.port(Blobs), "open", lambda _: Killing(clamd, 3_000_000))
        assert under.run_job("scan_files") == 0
    clamd.start()
    under.clock.advance(timedelta(hours=-2))
    assert under.run_job("scan_files") == 1


def test_a_file_that_cannot_be_judged_does_not_hold_up_the_others(under: ServiceUnderTest, store: Store) -> None:
    write(under, ("perdu.pdf", PDF), ("a.csv", TEXT))
    next(file for file in store() if file.read_bytes() == PDF).unlink()
    assert under.run_job("scan_files") == 1
    assert scans(under) == {"perdu.pdf": "en_cours", "a.csv": "sain"}


def test_forty_megabytes_are_judged(under: ServiceUnderTest) -> None:
    write(under, ("a.pdf", PDF + b" " * (41_943_040 - len(PDF))))
    assert under.run_job("scan_files") == 1
    assert scans(under) == {"a.pdf": "sain"}


def test_bytes_that_a_crash_left_are_swept_after_an_hour(
    under: ServiceUnderTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(under, ("virus.txt", eicar()))
    with monkeypatch.context() as patch:
        patch.setattr(under.service.port(Blobs), "delete", lambda _: 0)
        under.run_job("scan_files")
    assert len(store()) == 1 and download(under) == NEVER
    old = (under.clock.now() - timedelta(hours=2)).timestamp()
    os.utime(store()[0], (old, old))
    assert under.run_job("sweep_files") == 1
    assert store() == []


def test_an_antivirus_given_later_judges_what_is_there_and_taken_away_forgets_no_virus(
    make: Make, clamd: LocalClamd
) -> None:
    before = make()
    write(before, ("a.pdf", PDF), ("virus.txt", eicar()))
    assert scans(before) == {"a.pdf": None, "virus.txt": None} and download(before) == PDF
    assert "scan_files" not in before.service.jobs
    assert make(antivirus_url=clamd.url).run_job("scan_files") == 2
    assert scans(before) == {"a.pdf": "sain", "virus.txt": "infecte"} and download(before, 1) == NEVER


def test_files_of_a_closed_dossier_are_not_judged(under: ServiceUnderTest) -> None:
    write(under, ("a.pdf", PDF))
    under.clock.advance(timedelta(days=31))
    under.run_job("purge_files")
    assert under.run_job("scan_files") == 0


def test_an_antivirus_that_says_nothing_or_refuses_has_judged_nothing(clamd: LocalClamd) -> None:
    with pytest.raises(NotJudged):  # beyond its StreamMaxLength
        Clamd("127.0.0.1", clamd.port).virus_in(BytesIO(b"x" * 70_000_000))
    clamd.freeze()
    with pytest.raises(NotJudged, match="Overdue"):
        Clamd("127.0.0.1", clamd.port, patience=0.3).virus_in(BytesIO(PDF))


@pytest.mark.clamd
def test_what_clamd_cannot_read_to_its_end_is_neither_clean_nor_a_virus(tmp_path: Path) -> None:
    narrow = LocalClamd(tmp_path, MaxFileSize="1M").start()
    try:
        with pytest.raises(NotJudged, match="Limits.Exceeded"):
            Clamd("127.0.0.1", narrow.port).virus_in(BytesIO(b"x" * 2_000_000))
    finally:
        narrow.kill9()


def test_a_wrong_address_is_said_at_the_start(make: Make) -> None:
    with pytest.raises(SettingsError, match="tcp://host:3310"):
        make(antivirus_url="clamav:3310")


def test_the_files_of_a_draft_are_judged_and_what_held_a_virus_is_not_sent(under: ServiceUnderTest) -> None:
    clean, bad = added(under, ("a.pdf", PDF), ("virus.txt", eicar()))
    assert [one["scan"] for one in draft(under)["files"]] == ["en_cours", "en_cours"]
    under.run_job("scan_files")
    assert [one["scan"] for one in draft(under)["files"]] == ["sain", "infecte"]
    refused = write(under, pieces=f"{clean},{bad}")
    assert (refused.status, codes(refused)) == (422, [("fichiers", "fichier_infecte")])
    assert remove(under, bad).status == 204
    assert write(under, pieces=clean).status == 201
    assert download(under) == PDF  # judged in the draft, and not again


def test_a_file_that_is_sent_while_it_is_judged_keeps_its_verdict(under: ServiceUnderTest) -> None:
    (bad,) = added(under, ("virus.txt", eicar()))
    blobs = under.service.port(Blobs)

    def send_first(name: str, real: Any = blobs.open) -> Any:
        assert write(under, pieces=bad).status == 201
        return real(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blobs, "open", send_first)
        under.run_job("scan_files")
    assert scans(under) == {"virus.txt": "infecte"}
