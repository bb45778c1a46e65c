"""What is written and not sent is kept, file by file, and becomes a message in one go (decision 58)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from backbone.testing import ServiceUnderTest
from contracts.words.messages import M11
from tests.service.contact.drafting import DRAFT, add, added, draft, remove, words
from tests.service.contact.sending import ME, announced, codes, write
from tests.service.contact.test_uploads import age, padded
from tests.support.documents import EXE, PDF, TEXT

STRANGER = UUID(int=7)
EMPTY = {"objet": "", "message": "", "files": [], "expires_at": None}
Make = Callable[..., ServiceUnderTest]
Store = Callable[[], list[Path]]


def names(under: ServiceUnderTest) -> list[str]:
    return [one["name"] for one in draft(under)["files"]]


def test_what_is_typed_and_chosen_is_there_again(under: ServiceUnderTest) -> None:
    assert draft(under) == EMPTY
    assert words(under, "Question", "Bonjour,\r\n").status == 204
    assert add(under, ("a.pdf", PDF)).status == add(under, ("b.csv", TEXT)).status == 201
    found = draft(under)
    assert (found["objet"], found["message"], names(under)) == ("Question", "Bonjour,\n", ["a.pdf", "b.csv"])
    assert found["expires_at"] == "2026-11-30T09:00:00+00:00"
    assert words(under, "", "Autre").status == 204
    assert (draft(under)["message"], names(under)) == ("Autre", ["a.pdf", "b.csv"])


def test_nothing_of_a_draft_is_announced_and_sending_takes_it_whole(under: ServiceUnderTest, store: Store) -> None:
    words(under, "Question", "Bonjour")
    pieces = added(under, ("a.pdf", PDF), ("b.csv", TEXT))
    assert under.recorded() == []
    sent = write(under, pieces=",".join(reversed(pieces)))
    (event,) = announced(under)
    assert [one["name"] for one in event.data["files"]] == ["a.pdf", "b.csv"]
    message = under.get(f"/v1/messages/{sent.json['message_id']}", as_=ME).json
    assert [one["file_id"] for one in message["files"]] == pieces
    assert draft(under) == EMPTY
    age(store(), under, 2)
    under.run_job("sweep_files")
    assert len(store()) == 2


def test_a_refusal_of_the_message_leaves_the_draft_as_it_is(under: ServiceUnderTest, store: Store) -> None:
    pieces = ",".join(added(under, ("a.pdf", PDF)))
    for refused in (write(under, pieces=pieces, objet=" "), write(under, pieces=pieces, consentement=None)):
        assert refused.status == 422
    assert (names(under), len(store())) == (["a.pdf"], 1)
    assert write(under, pieces=pieces).status == 201


@pytest.mark.parametrize("shown", ["", "00000000-0000-0000-0000-000000000001"])
def test_no_file_goes_that_was_not_shown_and_none_that_was_stays(under: ServiceUnderTest, shown: str) -> None:
    added(under, ("a.pdf", PDF))
    refused = write(under, pieces=shown)
    assert (refused.status, refused.json["code"]) == (409, "pieces_jointes_modifiees")
    assert under.recorded() == []
    assert names(under) == ["a.pdf"]


def test_a_message_that_says_nothing_of_the_draft_leaves_it_alone(under: ServiceUnderTest) -> None:
    added(under, ("a.pdf", PDF))
    assert write(under).status == 201
    assert (announced(under)[0].data["files"], names(under)) == ([], ["a.pdf"])


def test_the_files_of_the_draft_and_those_that_come_with_the_message_count_together(make: Make) -> None:
    under = make(max_files=2)
    pieces = ",".join(added(under, ("a.pdf", PDF), ("b.csv", TEXT)))
    refused = write(under, ("c.pdf", PDF), pieces=pieces)
    assert (refused.status, codes(refused)) == (422, [("fichiers", M11.slug)])
    assert (announced(under), names(under)) == ([], ["a.pdf", "b.csv"])
    assert write(under, pieces=pieces).status == 201


def test_pieces_that_are_no_ids_are_unreadable(under: ServiceUnderTest) -> None:
    assert write(under, pieces="a.pdf").status == 400


def test_the_good_files_are_kept_and_each_other_one_is_named(under: ServiceUnderTest, store: Store) -> None:
    answer = add(under, ("bon.pdf", PDF), ("vide.pdf", b""), ("facture.pdf", EXE))
    assert [one["name"] for one in answer.json["files"]] == ["bon.pdf"]
    assert answer.json["refused"] == [
        {"code": "fichier_vide", "message": "vide.pdf : Ce fichier est vide."},
        {"code": "type_de_fichier_refuse", "message": "facture.pdf : Ce type de fichier n'est pas accepté."},
    ]
    assert len(store()) == 1
    alone = add(under, ("facture.pdf", EXE))
    assert (alone.status, alone.json["detail"]) == (422, "Ce type de fichier n'est pas accepté.")
    assert codes(alone) == [("fichiers", "type_de_fichier_refuse")]


def test_m11_counts_what_the_draft_holds(make: Make, store: Store) -> None:
    under = make(max_files=2, max_bytes=3000)
    added(under, ("a.pdf", padded(1000)))
    assert add(under, ("b.pdf", PDF), ("c.pdf", PDF)).json["code"] == "trop_de_fichiers"
    assert add(under, ("b.pdf", padded(2001))).status == 413
    assert len(store()) == 1
    assert add(under, ("b.pdf", padded(2000))).status == 201


def test_the_drafts_of_a_person_hold_so_much_and_no_more(make: Make, store: Store) -> None:
    under = make(draft_bytes=1000)
    (kept,) = added(under, ("a.pdf", padded(600)))
    refused = add(under, ("b.pdf", padded(401)))
    assert (refused.status, refused.json["code"], len(store())) == (422, "brouillons_pleins", 1)
    assert remove(under, kept).status == 204
    assert add(under, ("b.pdf", padded(1000))).status == 201


def test_a_file_taken_out_is_gone_with_its_bytes(under: ServiceUnderTest, store: Store) -> None:
    first, second = added(under, ("a.pdf", PDF), ("b.pdf", PDF))
    assert [remove(under, first).status for _ in range(2)] == [204, 404]
    assert (names(under), len(store())) == (["b.pdf"], 1)
    assert write(under, pieces=second).status == 201


def test_a_draft_given_up_is_gone_with_its_files(under: ServiceUnderTest, store: Store) -> None:
    words(under, "Question", "")
    added(under, ("a.pdf", PDF))
    assert under.post(f"{DRAFT}/discard", json={}, as_=ME).status == 204
    assert (draft(under), store()) == (EMPTY, [])


def test_aa22_the_draft_of_another_is_not_seen_and_not_touched(under: ServiceUnderTest) -> None:
    (kept,) = added(under, ("a.pdf", PDF))
    assert words(under, "x", "y", as_=STRANGER).status == add(under, ("b.pdf", PDF), as_=STRANGER).status == 404
    assert remove(under, kept, as_=STRANGER).status == 404
    assert under.post(f"{DRAFT}/discard", json={}, as_=STRANGER).status == 404
    assert names(under) == ["a.pdf"]


def test_c3_a_file_sent_again_after_a_cut_is_there_once(under: ServiceUnderTest) -> None:
    key = str(uuid4())
    first, again = (add(under, ("a.pdf", PDF), key=key) for _ in range(2))
    assert (first.json, names(under)) == (again.json, ["a.pdf"])


def test_a_draft_expires_and_is_purged_with_its_files(make: Make, store: Store) -> None:
    under = make(draft_days=3)
    added(under, ("a.pdf", PDF))
    under.clock.advance(timedelta(days=2))
    words(under, "Question", "")  # it lives on from here
    age(store(), under, 48)
    under.clock.advance(timedelta(days=2))
    under.run_job("purge_drafts")
    under.run_job("sweep_files")
    assert (names(under), len(store())) == (["a.pdf"], 1)
    under.clock.advance(timedelta(days=1))
    under.run_job("purge_drafts")
    assert (draft(under), store()) == (EMPTY, [])


@pytest.mark.parametrize("body", [{"objet": "x" * 1001, "message": ""}, {"objet": "x"}, {"objet": None, "message": ""}])
def test_c11_words_that_cannot_be_kept_are_refused(under: ServiceUnderTest, body: dict[str, str]) -> None:
    assert under.put(DRAFT, json=body, as_=ME).status == 422
    assert draft(under) == EMPTY
