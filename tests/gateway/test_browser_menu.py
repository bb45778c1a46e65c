"""The folded groups of the menu and of the tiles in Chromium: by keyboard, on a phone (G68, G69)."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.gateway.browser import faults, out, served
from tests.gateway.examples import SPACE
from tests.gateway.fake_services import FakeServices

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]


@pytest.mark.parametrize("width", [1280, 320], ids=["wide", "narrow"])
def test_g68_the_groups_open_by_the_keyboard_and_fit_a_phone(
    browser: Browser, built: tuple[Flask, FakeServices], services: FakeServices, width: int
) -> None:
    with served(built[0]) as address:
        page = browser.new_context(base_url=address, viewport={"width": width, "height": 800}).new_page()
        page.goto(f"/connexion?suite={SPACE}/")
        page.get_by_label("Adresse électronique").fill("durand@example.com")
        page.get_by_label("Mot de passe", exact=True).fill("Chantier-26")
        page.get_by_role("button", name="Connexion").click()
        if width == 320:
            expect(page.locator("summary", has_text="Mes déclarations")).to_be_hidden()
            page.locator(".plier-menu summary").press("Enter")
        page.locator("summary", has_text="Mes déclarations").press("Enter")
        expect(page.get_by_role("link", name="Mes déclarations nominatives")).to_be_visible()
        page.locator("summary", has_text="Mes raccourcis").press("Enter")
        expect(page.get_by_role("button", name="Épingler : Suivi DSN")).to_be_visible()
        assert faults(page) == []
        assert out(page) == []
