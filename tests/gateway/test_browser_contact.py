"""« Nous contacter » in Chromium: refused before it is sent, file by file, nothing lost on the way (decision 58)."""

import threading
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.gateway.browser import faults
from tests.gateway.examples import ADHERENT, CONTACT, DRAFT_FILE, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.test_browser import Open
from tests.gateway.test_browser import address as address
from tests.gateway.test_browser import someone as someone
from tests.support.ports import eventually

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
FORM = f"GET /adherents/{ADHERENT}/form"
ADD = f"POST /adherents/{ADHERENT}/draft/files"
WRITE = f"POST /adherents/{ADHERENT}/messages"
KEEP = f"PUT /adherents/{ADHERENT}/draft"
PAUSE = 1_000  # milliseconds: longer than the script waits for the next key
ON_THEIR_WAY = """Object.assign(window, { asked: fetch, now: 0, most: 0 });
window.fetch = (...args) => {
  most = Math.max(most, ++now);
  return asked(...args).finally(() => { now -= 1; });
};"""
EMPTY = {"objet": "", "message": "", "files": [], "expires_at": None}


class Slow:
    """Takes each file in its own time, and counts how many come at once."""

    def __init__(self) -> None:
        self.most = self.now = 0
        self._lock = threading.Lock()

    def __call__(self, _query: Any) -> Any:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.1)
        with self._lock:
            self.now -= 1
        return 201, {"files": [{**DRAFT_FILE, "file_id": str(uuid4())}], "refused": []}


def form(page: Page, services: FakeServices) -> Slow:
    """Open the form, of which five files and a megabyte may be sent."""
    slow = Slow()
    services.answers[FORM] = (200, {**CONTACT, "max_files": 5, "max_bytes": 1024 * 1024})
    services.answers[ADD] = slow
    page.goto(f"{SPACE}/contact")
    return slow


def choose(page: Page, folder: Path, *names: str, size: int = 2048) -> None:
    for name in names:
        (folder / name).write_bytes(b"x" * size)
    page.locator("input[type=file]").set_input_files([folder / name for name in names])


def test_g83_what_is_too_much_is_named_before_it_leaves_and_the_rest_goes_three_at_once(
    someone: Open, services: FakeServices, tmp_path: Path
) -> None:
    page = someone()
    slow = form(page, services)
    choose(page, tmp_path, *(f"f{number}.pdf" for number in range(1, 8)))
    for name in ("f6.pdf", "f7.pdf"):
        said = f"{name} : 5 fichiers au maximum, 1 Mo au total. Fichiers en trop : 2."
        expect(page.get_by_role("alert").get_by_text(said)).to_be_visible()
    expect(page.get_by_text("5 fichiers, 10 ko sur 1,0 Mo")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert (slow.most, len(services.called(ADD))) == (3, 5)
    removals = page.get_by_role("button", name="Retirer releve.pdf")
    for one in page.locator("[data-piece]").evaluate_all("lines => lines.map(line => line.dataset.piece)"):
        services.answers[f"POST /adherents/{ADHERENT}/draft/files/{one}/removal"] = (204, None)
    removals.first.click()
    expect(removals).to_have_count(4)
    choose(page, tmp_path, "gros.pdf", size=1024 * 1024 - 4 * 2048 + 1)
    said = "gros.pdf (1016 ko) : 5 fichiers au maximum, 1 Mo au total. Dépassement : 1 octet."
    expect(page.get_by_role("alert").get_by_text(said)).to_be_visible()
    assert len(services.called(ADD)) == 5
    assert faults(page) == []


def test_g82_g86_what_is_missing_is_said_before_anything_is_sent(someone: Open, services: FakeServices) -> None:
    page = someone()
    form(page, services)
    page.get_by_label("Message*").fill("Bonjour")
    page.get_by_label("Objet*").press("Enter")
    for said in ("Saisissez l'objet de votre message.", "Votre consentement est nécessaire."):
        expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_label("Objet*")).to_be_focused()
    assert faults(page) == []
    assert services.called(WRITE) == []
    page.get_by_label("Objet*").fill("Question")
    expect(page.get_by_text("Saisissez l'objet de votre message.")).to_have_count(0)


def test_g82_what_is_left_of_the_message_is_said(someone: Open, services: FakeServices) -> None:
    page = someone()
    form(page, services)
    message, counter = page.get_by_label("Message*"), page.locator("[data-compteur]")
    spoken = page.locator("[data-compteur-dit]")
    expect(counter).to_have_text("5 000 caractères disponibles")
    message.fill("Bonjour")
    expect(counter).to_have_text("4 993 caractères disponibles")
    expect(spoken).to_have_text("")
    message.fill("é" * 4999)
    expect(counter).to_have_text("1 caractère disponible")
    expect(spoken).to_have_text("1 caractère disponible")
    assert faults(page) == []


def test_a_cut_and_a_session_that_ends_lose_neither_file_nor_text(
    someone: Open, services: FakeServices, tmp_path: Path
) -> None:
    page = someone()
    form(page, services)
    services.answers[ADD] = (201, {"files": [{**DRAFT_FILE, "file_id": str(uuid4())}], "refused": []})
    page.route("**/brouillon/pieces", lambda route: route.abort())
    choose(page, tmp_path, "coupe.pdf")
    expect(page.get_by_text("L'envoi est interrompu.")).to_be_visible()
    page.unroute("**/brouillon/pieces")
    page.context.clear_cookies(name="__Host-session")
    again = page.get_by_role("button", name="Réessayer coupe.pdf")
    again.click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Se connecter dans un nouvel onglet").click()
    page.get_by_label("Message*").fill("Une longue explication")  # of which no service hears
    assert faults(page) == []
    _log_in(opened.value)
    again.click()
    expect(page.get_by_role("button", name="Retirer releve.pdf")).to_be_visible()
    page.context.clear_cookies(name="__Host-session")
    page.get_by_label("Objet*").fill("Question")
    page.locator("[name=consentement]").check()
    page.get_by_role("button", name="Envoyer").click()
    _log_in(page)
    expect(page.get_by_label("Message*")).to_have_value("Une longue explication")
    expect(page.get_by_label("Objet*")).to_have_value("Question")
    services.answers[f"POST /adherents/{ADHERENT}/draft/discard"] = (204, None)
    page.get_by_role("button", name="Annuler").click()
    page.goto(f"{SPACE}/contact")
    expect(page.get_by_label("Message*")).to_have_value("")


def _log_in(page: Page) -> None:
    page.get_by_label("Adresse électronique").fill("durand@example.com")
    page.get_by_label("Mot de passe", exact=True).fill("Chantier-26")
    page.get_by_role("button", name="Connexion").click()
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()


def test_what_was_being_kept_comes_before_what_is_sent(someone: Open, services: FakeServices) -> None:
    page, order, held = someone(), [], threading.Event()
    form(page, services)

    def keep(_query: Any) -> Any:
        held.wait(5)
        order.append("kept")
        return 204, None

    def write(_query: Any) -> Any:
        order.append("sent")
        return sent

    sent = services.answers[WRITE]
    services.answers[KEEP], services.answers[WRITE] = keep, write
    page.get_by_label("Objet*").fill("Retard de paiement")
    page.get_by_label("Message*").fill("Où en est mon dossier ?")
    page.get_by_role("checkbox").check()
    with page.expect_request("**/contact/brouillon"):
        page.get_by_label("Message*").press_sequentially(" Merci.")
    page.get_by_role("button", name="Envoyer").click()
    assert order == []
    held.set()
    expect(page.get_by_text("Votre message est transmis à votre caisse")).to_be_visible()
    assert (set(order[:-1]), order[-1]) == ({"kept"}, "sent")


def test_who_types_in_a_draft_that_another_page_ended_is_told_and_loses_nothing(
    someone: Open, services: FakeServices, tmp_path: Path
) -> None:
    page = someone()
    form(page, services)
    over = "Ce message a été envoyé, ou abandonné, depuis l'affichage de la page."
    for path in (KEEP, ADD):
        services.refuse(path, 409, "brouillon_termine", over)
    page.get_by_label("Message*").fill("Une longue explication")
    told = page.get_by_role("alert").get_by_text(f"{over} Rechargez la page pour en faire un nouveau message.")
    expect(told).to_be_visible()
    choose(page, tmp_path, "tard.pdf")
    again = page.get_by_role("button", name="Réessayer tard.pdf")
    expect(again).to_be_visible()
    assert faults(page) == []
    next_one = "01930000-0000-7000-8000-0000000000e8"
    services.answers[FORM] = (200, {**CONTACT, "brouillon": {**EMPTY, "draft_id": next_one}})
    services.answers[ADD] = (201, {"files": [DRAFT_FILE], "refused": []})
    services.answers[KEEP] = (204, None)
    again.click()
    expect(page.get_by_role("button", name="Retirer releve.pdf")).to_be_visible()
    assert next_one.encode() in services.called(ADD)[-1].content
    with page.expect_response("**/contact/brouillon"):
        page.reload()
    expect(page.get_by_label("Message*")).to_have_value("Une longue explication")
    assert services.called(KEEP)[-1].json["draft_id"] == next_one


def test_of_two_states_of_what_is_typed_the_newer_stands(someone: Open, services: FakeServices) -> None:
    """The first to be kept is slow: what was typed since does not leave before it has come."""
    page, held = someone(), threading.Event()
    form(page, services)
    page.clock.install()
    page.add_init_script(ON_THEIR_WAY)
    page.reload()
    services.answers[KEEP] = lambda _query: (204, None) if held.wait(5) else (503, None)
    page.get_by_label("Objet*").fill("Retard de paiement")
    page.clock.run_for(PAUSE)
    page.get_by_label("Message*").fill("Bonjour")
    page.clock.run_for(PAUSE)
    assert page.evaluate("[now, most]") == [1, 1]
    held.set()
    eventually(lambda: page.evaluate("now") == 0)
    page.clock.run_for(PAUSE)
    eventually(lambda: page.evaluate("now") == 0)
    assert page.evaluate("most") == 1
    assert [one.json["message"] for one in services.called(KEEP)] == ["", "Bonjour"]


def test_who_reloads_while_his_words_are_being_kept_finds_them(someone: Open, services: FakeServices) -> None:
    """The page that comes was read before they were kept, the one that goes hears first: the tab still has them."""
    page, read, heard = someone(), threading.Event(), threading.Event()
    form(page, services)
    services.answers[KEEP] = lambda _query: (204, None) if read.wait(5) else (503, None)
    with page.expect_request("**/contact/brouillon"):
        page.get_by_label("Message*").fill("Bonjour")
    shown = services.answers[FORM]

    def read_before(_query: Any) -> Any:
        read.set()
        assert heard.wait(5)
        return shown

    services.answers[FORM] = read_before
    page.on("requestfinished", lambda request: heard.set() if request.url.endswith("/contact/brouillon") else None)
    page.reload()
    expect(page.get_by_label("Message*")).to_have_value("Bonjour")
