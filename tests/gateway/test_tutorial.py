"""The tutorial of a page in Chromium: step by step, by keyboard, left, taken up again, skipped for good (G71)."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.gateway.browser import faults, out, served
from tests.gateway.fake_services import FakeServices

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")], ids=["wide", "narrow"])
def test_g71_the_tutorial_goes_step_by_step_and_is_remembered(
    browser: Browser, built: tuple[Flask, FakeServices], width: int, scheme: Any
) -> None:
    with served(built[0]) as address:
        page = browser.new_context(
            base_url=address, viewport={"width": width, "height": 700}, color_scheme=scheme
        ).new_page()
        page.goto("/connexion")
        icon = page.get_by_role("link", name="Tutoriel de la page (pas encore suivi)")
        icon.press("Enter")
        dialog = page.get_by_role("dialog", name="Votre adresse électronique")
        expect(dialog.get_by_role("button", name="Suivant")).to_be_focused()
        expect(page.locator(".tutoriel-montre")).to_have_id("email")
        assert faults(page) == []
        assert out(page) == []
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("dialog", name="Votre mot de passe")).to_be_visible()
        page.keyboard.press("Escape")
        expect(icon).to_be_focused()
        expect(page.locator(".tutoriel-montre")).to_have_count(0)
        page.reload()
        icon.click()
        expect(page.get_by_role("dialog", name="Votre mot de passe")).to_be_visible()  # where one stopped
        page.get_by_role("button", name="Passer le tutoriel").click()
        page.reload()
        expect(page.get_by_role("link", name="Tutoriel de la page", exact=True)).to_be_visible()
