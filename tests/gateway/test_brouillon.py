"""What is written in « Nous contacter » is kept until it is sent, by a script and without one (decision 58)."""

import json
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest

from contracts.words.statuses import Scan
from gateway.kit.by_script import KIND
from gateway.kit.session import COOKIE
from tests.gateway.examples import ADHERENT, CONTACT, DRAFT, DRAFT_FILE, DRAFTED, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal
from tests.gateway.test_contact import LETTER, PAGE, WRITE

KEEP = f"PUT /adherents/{ADHERENT}/draft"
ADD = f"POST /adherents/{ADHERENT}/draft/files"
REMOVE = f"POST /adherents/{ADHERENT}/draft/files/{DRAFTED}/removal"
FORM = f"GET /adherents/{ADHERENT}/form"
DISCARD = f"POST /adherents/{ADHERENT}/draft/discard"
SCRIPT = {"Accept": KIND}
KEPT = {
    "draft_id": DRAFT,
    "objet": "Question",
    "message": "Bonjour",
    "files": [DRAFT_FILE],
    "expires_at": "2026-11-30T09:00:00+00:00",
}


@pytest.fixture
def drafted(portal: Portal, services: FakeServices) -> Portal:
    """The portal of somebody whose draft holds words and a file."""
    services.answers[FORM] = (200, {**CONTACT, "brouillon": KEPT})
    return portal


def file(name: str = "releve.pdf") -> list[tuple[BytesIO, str]]:
    return [(BytesIO(b"%PDF-1.7"), name)]


def test_the_page_shows_again_what_was_typed_and_chosen(drafted: Portal) -> None:
    page = drafted.get(PAGE)
    assert (page.field("objet"), page.one("textarea", name="message").text) == ("Question", "Bonjour")
    assert page.field("pieces") == f",{DRAFTED}"
    assert "releve.pdf (2 ko)" in page.text
    assert "1 fichier, 2 ko sur 40,0 Mo" in page.text
    assert "Votre brouillon est gardé jusqu'au 30/11/2026." in page.text


def test_each_limit_and_each_sentence_of_the_script_is_in_the_page(drafted: Portal, services: FakeServices) -> None:
    services.answers[FORM] = (200, {**CONTACT, "max_files": 3, "max_bytes": 5 * 1024 * 1024})
    zone = drafted.get(PAGE).one("div", **{"data-depot": ""})
    assert (zone.get("data-max-fichiers"), zone.get("data-max-octets")) == ("3", "5242880")
    assert "3 fichiers au maximum, 5 Mo au total." in str(zone.get("data-trop-de-fichiers"))


def test_the_verdict_on_a_file_is_shown_in_the_draft(drafted: Portal, services: FakeServices) -> None:
    for scan, said in ((Scan.CLEAN, "analysé, aucun virus"), (Scan.INFECTED, "Fichier supprimé : un virus")):
        kept = {**KEPT, "files": [{**DRAFT_FILE, "scan": scan}]}
        services.answers[FORM] = (200, {**CONTACT, "brouillon": kept})
        assert said in drafted.get(PAGE).text


def test_the_files_of_the_draft_go_with_the_message(drafted: Portal, services: FakeServices) -> None:
    drafted.post(PAGE, pieces=f",{DRAFTED}", **LETTER)
    (call,) = services.called(WRITE)
    assert b'name="pieces"' in call.content and DRAFTED.encode() in call.content
    assert b"filename=" not in call.content


def test_without_javascript_a_refused_message_loses_no_file(drafted: Portal, services: FakeServices) -> None:
    page = drafted.post(PAGE, status=422, pieces=",", fichiers=file(), message="Bonjour")
    assert len(services.called(ADD)) == 1
    assert services.called(WRITE) == []
    assert services.called(KEEP)[0].json == {"objet": "", "message": "Bonjour"}
    assert "releve.pdf (2 ko)" in page.text
    assert "Choisissez de nouveau" not in page.text


def test_without_javascript_files_join_the_draft_then_the_message(drafted: Portal, services: FakeServices) -> None:
    drafted.post(PAGE, pieces=",", fichiers=file(), **LETTER)
    assert DRAFTED.encode() in services.called(WRITE)[0].content


def test_a_refused_file_is_said_and_nothing_is_sent(drafted: Portal, services: FakeServices) -> None:
    said = "a.exe : Ce type de fichier n'est pas accepté."
    answer = {"files": [DRAFT_FILE], "refused": [{"code": "type_de_fichier_refuse", "message": said}]}
    services.answers[ADD] = (201, answer)
    page = drafted.post(PAGE, status=422, pieces=",", fichiers=[*file(), (BytesIO(b"MZ"), "a.exe")], **LETTER)
    assert said in page.text
    assert services.called(WRITE) == []


def test_a_draft_changed_in_another_tab_is_shown_as_it_is(drafted: Portal, services: FakeServices) -> None:
    said = "Les pièces jointes ont été modifiées depuis l'affichage de la page."
    services.refuse(WRITE, 409, "pieces_jointes_modifiees", said, ("fichiers", said))
    page = drafted.post(PAGE, status=409, pieces=",", **LETTER)
    assert said in page.text
    assert page.field("pieces") == f",{DRAFTED}"


def test_a_script_adds_a_file_and_gets_its_line(portal: Portal, services: FakeServices) -> None:
    answer = _script(portal, "/brouillon/pieces", fichiers=file())
    assert answer.status_code == 201
    assert f'data-piece="{DRAFTED}"' in answer.text and "releve.pdf" in answer.text
    assert len(services.called(ADD)) == 1


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (413, "fichiers_trop_volumineux", "20 fichiers au maximum, 40 Mo au total."),
        (422, "type_de_fichier_refuse", "a.exe : Ce type de fichier n'est pas accepté."),
    ],
)
def test_a_script_is_told_why_in_french_with_a_stable_code(
    portal: Portal, services: FakeServices, status: int, code: str, said: str
) -> None:
    services.refuse(ADD, status, code, "Refusé.", ("fichiers", said))
    answer = _script(portal, "/brouillon/pieces", fichiers=file("a.exe"))
    assert answer.status_code == status
    assert json.loads(answer.text) == {"code": code, "message": said}


def test_a_script_learns_that_the_session_is_over_and_its_page_stays(portal: Portal, services: FakeServices) -> None:
    token = portal.token()
    portal.client.delete_cookie(COOKIE, domain="espace.example.com", path="/")
    answer = _script(portal, "/brouillon/pieces", token, fichiers=file())
    assert (answer.status_code, json.loads(answer.text)["code"]) == (401, "session_terminee")
    assert services.called(ADD) == []


def test_aa21_a_file_without_the_token_of_the_form_is_refused(portal: Portal, services: FakeServices) -> None:
    answer = _script(portal, "/brouillon/pieces", "forged", fichiers=file())
    assert (answer.status_code, json.loads(answer.text)["code"]) == (403, "formulaire_expire")
    assert services.called(ADD) == []


def test_a_service_away_is_said_to_a_script(portal: Portal, services: FakeServices) -> None:
    services.away.add("contact")
    answer = _script(portal, "/brouillon/pieces", fichiers=file())
    assert (answer.status_code, answer.mimetype) == (503, KIND)


def test_what_is_typed_is_kept_and_a_file_taken_out(portal: Portal, services: FakeServices) -> None:
    assert _script(portal, "/brouillon", objet="Q", message="Bonj").status_code == 204
    assert services.called(KEEP)[0].json == {"objet": "Q", "message": "Bonj"}
    assert _script(portal, f"/brouillon/pieces/{DRAFTED}/retrait").status_code == 204
    assert len(services.called(REMOVE)) == 1


def test_without_javascript_each_button_keeps_all_the_form(drafted: Portal, services: FakeServices) -> None:
    for path in ("/brouillon/pieces", f"/brouillon/pieces/{DRAFTED}/retrait"):
        services.calls.clear()
        answer = drafted.post(f"{PAGE}{path}", pieces=f",{DRAFTED}", fichiers=file(), objet="Q", message="Bonj")
        assert answer.location == f"{SPACE}/contact"
        assert len(services.called(ADD)) == len(services.called(KEEP)) == 1
    assert len(services.called(REMOVE)) == 1


def test_annuler_gives_the_draft_up(drafted: Portal, services: FakeServices) -> None:
    button = drafted.get(PAGE).one("button", **{"data-abandonner": ""})
    assert drafted.post(str(button.get("formaction"))).location == f"{SPACE}/"
    assert len(services.called(f"POST /adherents/{ADHERENT}/draft/discard")) == 1


def test_contact_of_the_version_before_gets_the_files_with_the_message(portal: Portal, services: FakeServices) -> None:
    services.breaks(FORM, 200, {name: value for name, value in CONTACT.items() if name != "brouillon"})
    page = portal.get(PAGE)
    assert page.all("input", name="pieces") == []
    portal.post(PAGE, fichiers=file(), **LETTER)
    (call,) = services.called(WRITE)
    assert b'filename="releve.pdf"' in call.content and b'name="pieces"' not in call.content


def _script(portal: Portal, path: str, token: str | None = None, **data: Any) -> Any:
    """A request of the page's script."""
    sent = {"csrf_token": token or portal.token(), "cle": str(uuid4()), **data}
    headers = {**SCRIPT, "Origin": BASE, "Sec-Fetch-Site": "same-origin"}
    return portal.client.post(f"{PAGE}{path}", base_url=BASE, data=sent, headers=headers)


ENDED = "Ce message a été envoyé, ou abandonné, depuis l'affichage de la page."


def test_all_that_is_added_goes_to_the_draft_that_the_page_shows(drafted: Portal, services: FakeServices) -> None:
    assert drafted.get(PAGE).field("brouillon") == DRAFT
    _script(drafted, "/brouillon", objet="Question", message="Bonjour", brouillon=DRAFT)
    _script(drafted, "/brouillon/pieces", fichiers=file(), brouillon=DRAFT)
    drafted.post(PAGE, pieces=",", brouillon=DRAFT, **LETTER)
    drafted.post(f"{PAGE}/brouillon/abandon", brouillon=DRAFT)
    assert services.called(KEEP)[0].json == {"objet": "Question", "message": "Bonjour", "draft_id": DRAFT}
    for call in (*services.called(ADD), *services.called(WRITE)):
        assert b'name="draft_id"' in call.content and DRAFT.encode() in call.content
    assert services.called(DISCARD)[0].json == {"draft_id": DRAFT}


def test_a_script_that_is_late_is_told_that_its_draft_is_over(portal: Portal, services: FakeServices) -> None:
    for method, path, sent in ((KEEP, "/brouillon", {"objet": "a"}), (ADD, "/brouillon/pieces", {"fichiers": file()})):
        services.refuse(method, 409, "brouillon_termine", ENDED)
        answer = _script(portal, path, brouillon=DRAFTED, **sent)
        assert (answer.status_code, json.loads(answer.text)) == (409, {"code": "brouillon_termine", "message": ENDED})


@pytest.mark.parametrize("path", ["/brouillon", "/brouillon/pieces", f"/brouillon/pieces/{DRAFTED}/retrait"])
def test_without_javascript_the_text_of_a_draft_that_is_over_stays(
    portal: Portal, services: FakeServices, path: str
) -> None:
    services.refuse(KEEP, 409, "brouillon_termine", ENDED)
    page = portal.post(f"{PAGE}{path}", status=409, pieces=",", brouillon=DRAFTED, message="Une longue explication")
    assert ENDED in page.text
    assert page.one("textarea", name="message").text == "Une longue explication"
    assert page.field("brouillon") == DRAFT  # of the one that is written from now on
