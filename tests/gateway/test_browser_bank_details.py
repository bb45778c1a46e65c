"""« Nouvelles coordonnées bancaires » in Chromium: each state by keyboard, at 320 px, without a fault (G78)."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from contracts.words.bank_details import NEW_BANK_DETAILS
from gateway.kit.elsewhere import Elsewhere
from tests.gateway.bank_examples import OTHER_REQUEST, details, request
from tests.gateway.browser import faults, out, served
from tests.gateway.examples import ACCOUNT, ADHERENT
from tests.gateway.fake_services import FakeServices
from tests.gateway.test_coordonnees_bancaires import ADDRESS, GO_ON, OF, PAGE, READY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
LONG = request("en_attente", OTHER_REQUEST, nom="N" * 80, prenom="Anne-Charlotte", email=f"{'a' * 60}@example.com")


@pytest.fixture
def app(built: tuple[Flask, FakeServices]) -> Iterator[Flask]:
    """The caisse has a page for it."""
    before = built[0].extensions["elsewhere"]
    lines = ["caisse;fonction;adresse\n", f"RA;{NEW_BANK_DETAILS};{ADDRESS}\n"]
    built[0].extensions["elsewhere"] = Elsewhere.read(lines)
    yield built[0]
    built[0].extensions["elsewhere"] = before


@pytest.mark.parametrize("width", [1280, 320], ids=["wide", "narrow"])
def test_g78_asked_awaited_and_open_by_the_keyboard(
    browser: Browser, app: Flask, services: FakeServices, width: int
) -> None:
    services.answers["GET /account"] = (200, {**ACCOUNT, **READY})
    with served(app) as address:
        page = browser.new_context(base_url=address, viewport={"width": width, "height": 800}).new_page()
        page.goto(f"/connexion?suite={PAGE}")
        page.get_by_label("Adresse électronique").fill("durand@example.com")
        page.get_by_label("Mot de passe", exact=True).fill("Chantier-26")
        page.get_by_role("button", name="Connexion").click()

        def fits() -> None:
            assert faults(page) == []
            assert out(page) == []

        fits()
        page.get_by_role("button", name="Recevoir un code").press("Enter")
        page.get_by_label("Code reçu par SMS").fill("123456")
        fits()
        page.get_by_label("Code reçu par SMS").press("Enter")
        expect(page.get_by_text("Votre demande est enregistrée")).to_be_visible()
        for mine, button in ((request("en_attente"), "Annuler ma demande"), (request("ouverte"), "Annuler ma demande")):
            services.answers[f"GET {OF}"] = (200, details(ADHERENT, mine, LONG))
            page.goto(PAGE)
            expect(page.get_by_role("button", name=button)).to_be_visible()
            fits()
        page.route(f"{ADDRESS.partition('?')[0]}**", lambda route: route.fulfill(body="La caisse"))
        page.get_by_role("button", name=GO_ON).press("Enter")
        expect(page).to_have_url(ADDRESS)
        page.goto(PAGE)
        page.get_by_role("button", name="Annuler ma demande").press("Enter")
        expect(page.get_by_text("La demande est annulée.")).to_be_visible()
