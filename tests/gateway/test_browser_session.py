"""In Chromium: the end of the session is said in time, and one press puts it off."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.gateway.browser import faults, served
from tests.gateway.examples import PERSON, TOKEN
from tests.gateway.fake_services import FakeServices

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]


@pytest.fixture
def address(built: tuple[Flask, FakeServices]) -> Iterator[str]:
    with served(built[0]) as url:
        yield url


def test_two_minutes_before_the_end_one_press_puts_it_off(
    browser: Browser, address: str, services: FakeServices
) -> None:
    later = {**TOKEN, "account": PERSON, "session": None}
    services.answers["POST /sessions/token"] = (200, {**later, "session_expires_at": "2026-11-23T09:02:30+00:00"})
    context = browser.new_context(base_url=address, locale="fr-FR")
    page = context.new_page()
    page.goto("/connexion?suite=/mon-compte/contact")
    page.get_by_label("Adresse électronique").fill("durand@example.com")
    page.get_by_label("Mot de passe", exact=True).fill("Chantier-26")
    page.get_by_role("button", name="Connexion").click()
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
