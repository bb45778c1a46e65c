"""In Chromium: the end of the session is said in time; Back and reload keep a delegation; a sort keeps the focus."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.gateway.browser import faults, served
from tests.gateway.examples import PERSON, SPACE, TOKEN
from tests.gateway.fake_services import FakeServices

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]


@pytest.fixture
def address(built: tuple[Flask, FakeServices]) -> Iterator[str]:
    with served(built[0]) as url:
        yield url


def logged_in(browser: Browser, address: str, at: str) -> Page:
    """A window of somebody, at that page."""
    page = browser.new_context(base_url=address, locale="fr-FR").new_page()
    page.goto(f"/connexion?suite={at}")
    page.get_by_label("Adresse électronique").fill("durand@example.com")
    page.get_by_label("Mot de passe", exact=True).fill("Chantier-26")
    page.get_by_role("button", name="Connexion").click()
    return page


def test_back_and_reload_keep_a_delegation_and_the_password_is_asked_where_administrateur_is_ticked(
    browser: Browser, address: str, services: FakeServices
) -> None:
    page = logged_in(browser, address, f"{SPACE}/droits/nouvelle")
    page.get_by_label("Adresse électronique *").fill("neuf@example.com")
    page.get_by_role("button", name="Suivant").click()
    expect(page.get_by_text("Étape 2 :")).to_be_visible()
    password = page.get_by_label("Mot de passe *", exact=True)
    expect(password).to_be_hidden()
    page.get_by_label("Administrateur", exact=True).check()
    expect(password).to_be_visible()
    page.reload()
    expect(page.get_by_text("Bénéficiaire : neuf@example.com")).to_be_visible()
    page.get_by_role("button", name="Étape précédente").click()
    expect(page.get_by_label("Adresse électronique *")).to_have_value("neuf@example.com")
    page.go_back()
    expect(page.get_by_text("Bénéficiaire : neuf@example.com")).to_be_visible()


def test_a_sort_keeps_the_focus_and_says_where_one_is(browser: Browser, address: str, services: FakeServices) -> None:
    page = logged_in(browser, address, f"{SPACE}/droits")
    sort = page.get_by_role("link", name="Courriel")
    sort.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**tri=courriel**")
    expect(sort).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**tri=-courriel**")
    expect(sort).to_be_focused()
    page.get_by_label("Filtrer par nom et prénom").press_sequentially("mart")
    page.wait_for_url("**nom=mart**")


def test_two_minutes_before_the_end_one_press_puts_it_off(
    browser: Browser, address: str, services: FakeServices
) -> None:
    later = {**TOKEN, "account": PERSON, "session": None}
    services.answers["POST /sessions/token"] = (200, {**later, "session_expires_at": "2026-11-23T09:02:30+00:00"})
    page = logged_in(browser, address, "/mon-compte/contact")
    page.clock.install()
    page.goto("/mon-compte")
    dialog = page.get_by_role("alertdialog", name="Votre session va se terminer")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward(35_000)
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("à 10 h 02")
    assert faults(page) == []
    services.answers["POST /sessions/token"] = (200, later)
    expect(page.get_by_role("button", name="Rester connecté")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
