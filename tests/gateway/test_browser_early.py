"""Who is faster than the scripts of a page loses nothing: what was typed, ticked or chosen before them counts."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.gateway.examples import SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.test_browser import Open
from tests.gateway.test_browser import address as address
from tests.gateway.test_browser import someone as someone
from tests.gateway.test_browser_contact import choose, form

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
SCRIPTS = re.compile(r"\.js\?")


@contextmanager
def before_its_scripts(page: Page, path: str | None = None) -> Iterator[None]:
    """In the block, the page at `path` (as it is reloaded, for none) is shown; its scripts come at the end."""
    held: list[Route] = []
    over: list[bool] = []
    page.route(SCRIPTS, lambda script: script.continue_() if over else held.append(script))
    if path:
        page.goto(path, wait_until="commit")
    else:
        page.reload(wait_until="commit")
    yield
    over.append(True)
    for script in held:
        script.continue_()
    page.wait_for_load_state("load")


def test_words_and_files_of_a_message_are_kept(someone: Open, services: FakeServices, tmp_path: Path) -> None:
    page = someone()
    form(page, services)
    with page.expect_request("**/contact/brouillon") as kept, before_its_scripts(page):
        page.get_by_label("Objet*").fill("Retard de paiement")
        choose(page, tmp_path, "bordereau.pdf")
    assert "Retard+de+paiement" in (kept.value.post_data or "")
    expect(page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Retirer"))).to_have_count(1)


def test_the_newest_words_stand_field_by_field(someone: Open, services: FakeServices) -> None:
    page = someone()
    form(page, services)
    page.route("**/contact/brouillon", lambda route: route.abort())  # the service is never told
    page.get_by_label("Objet*").fill("Ancien objet")
    page.get_by_label("Message*").fill("Bonjour")
    with before_its_scripts(page):
        page.get_by_label("Objet*").fill("Nouvel objet")
    for _ in range(2):
        expect(page.get_by_label("Message*")).to_have_value("Bonjour")
        expect(page.get_by_label("Objet*")).to_have_value("Nouvel objet")
        page.reload()


def test_an_administrator_ticked_locks_the_matrix(someone: Open) -> None:
    page = someone()
    page.goto(f"{SPACE}/droits/cabinet")
    page.get_by_role("button", name="Suivant").click()
    page.wait_for_url("**/etape-2")
    with before_its_scripts(page):
        page.get_by_label("Administrateur", exact=True).check()
    bank = page.get_by_role("radio", name="Mes comptes bancaires : Mise à jour")
    expect(bank).to_be_checked()
    expect(bank).to_be_disabled()


def test_going_back_to_a_message_that_was_sent_makes_no_draft_of_it(someone: Open, services: FakeServices) -> None:
    page = someone()
    form(page, services)
    page.get_by_label("Objet*").fill("Retard de paiement")
    with page.expect_response("**/contact/brouillon"):
        page.get_by_label("Message*").fill("Où en est mon dossier ?")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Votre message est transmis à votre caisse")).to_be_visible()
    page.go_back(wait_until="load")
    expect(page.get_by_role("button", name="Envoyer", exact=True)).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
