"""The bubble of a bell in Chromium: by mouse, by keyboard, by touch, filled when it is opened (G63, G64)."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from tests.gateway.alert_examples import BELL, BUBBLE, bell
from tests.gateway.browser import faults, out, served
from tests.gateway.examples import SITE, SITES, SPACE
from tests.gateway.examples import page as listed
from tests.gateway.fake_services import FakeServices

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
Open = Callable[..., Page]
ALERTS = f"GET /sites/{SITE}/alerts"
FIRST = "DSN Octobre-2026: Anomalie dans le traitement / Déclaration manquante"


@pytest.fixture
def opened(browser: Browser, built: tuple[Flask, FakeServices], services: FakeServices) -> Iterator[Open]:
    """Open a page in a window of somebody logged in."""
    with served(built[0]) as address:

        def show(path: str, **options: Any) -> Page:
            page = browser.new_context(base_url=address, locale="fr-FR", **options).new_page()
            page.goto(f"/connexion?suite={path}")
            page.get_by_label("Adresse électronique").fill("durand@example.com")
            page.get_by_label("Mot de passe", exact=True).fill("Chantier-26")
            page.get_by_role("button", name="Connexion").click()
            page.wait_for_url(f"**{path}")
            return page

        yield show


def of_the_line(page: Page) -> tuple[Locator, Locator]:
    """The bell of the first line, and the bubble."""
    return page.get_by_role("button", name="2 alertes DSN, ENTREPRISE DURAND – Siège Lyon"), page.get_by_role("note")


def many(services: FakeServices) -> None:
    """34 alerts on the first line."""
    services.answers["GET /sites"] = (200, listed([{**SITES[0], "alert_count": 34}, *SITES[1:]]))
    told = {**BELL, "count": 34, "messages": BUBBLE * 17, "items": BELL["items"] * 17}
    services.answers[ALERTS] = lambda query: (200, told) if query["view"] == "sites" else bell(query)


def test_g63_the_bubble_opens_on_hover_on_focus_on_press_and_closes_with_escape(
    opened: Open, services: FakeServices
) -> None:
    page = opened("/choix")
    (bell, bubble), message = of_the_line(page), page.get_by_text(FIRST)
    assert not services.called(ALERTS)
    bell.hover()
    expect(message).to_be_visible()
    expect(bell).to_have_accessible_description(re.compile(FIRST))
    message.hover()  # the pointer may enter it (WCAG 1.4.13)
    expect(message).to_be_visible()
    page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    expect(bell).to_have_accessible_description("")
    page.get_by_label("ENTREPRISE DURAND, Siège Lyon").focus()
    page.keyboard.press("Tab")
    expect(bell).to_be_focused()
    expect(message).to_be_visible()
    assert len(services.called(ALERTS)) == 1, "what it said is kept until the page is left"
    assert faults(page) == []


def test_a_press_pins_it_until_another_press_or_one_elsewhere(opened: Open) -> None:
    page = opened("/choix")
    bell, bubble = of_the_line(page)
    bell.hover()
    expect(bubble).to_be_visible()
    bell.click()
    page.mouse.move(5, 5)
    expect(bell).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_text(FIRST)).to_be_visible()
    bell.click()
    expect(bubble).to_be_hidden()
    bell.press(" ")
    expect(bubble).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(bubble).to_be_hidden()
    expect(bell).to_have_attribute("aria-expanded", "false")


def test_of_34_it_says_five_scrolls_and_its_link_is_reached_by_the_keyboard(
    opened: Open, services: FakeServices
) -> None:
    many(services)
    page = opened("/choix", viewport={"width": 320, "height": 400})
    trigger = page.get_by_role("button", name="34 alertes DSN, ENTREPRISE DURAND – Siège Lyon")
    trigger.focus()
    trigger.press("Enter")
    link = page.get_by_role("note").get_by_role("link", name="voir le Suivi DSN")
    expect(page.get_by_role("note")).to_contain_text("… et 29 autres, voir le Suivi DSN")
    inside = "e => e.offsetHeight <= innerHeight * 0.6 + 2 && getComputedStyle(e).overflowY === 'auto'"
    assert page.get_by_role("note").evaluate(inside)
    assert out(page) == []
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Suivi DSN")).to_be_visible()


def test_a_tap_opens_it(opened: Open) -> None:
    page = opened("/choix", has_touch=True)
    bell, bubble = of_the_line(page)
    bell.tap()
    expect(bubble).to_contain_text(FIRST)


def test_without_the_service_it_says_so_and_asks_again_the_next_time(opened: Open, services: FakeServices) -> None:
    page = opened("/choix")
    bell, bubble = of_the_line(page)
    services.away.add("dsn")
    bell.hover()
    expect(bubble).to_have_text("Service momentanément indisponible. Réessayez dans quelques instants.")
    page.keyboard.press("Escape")
    page.route("**/bulle/*", lambda route: route.abort())
    page.mouse.move(5, 5)
    bell.hover()
    expect(bubble).to_have_text("Les alertes DSN sont momentanément indisponibles.")
    page.keyboard.press("Escape")
    page.unroute("**/bulle/*")
    services.away.clear()
    page.mouse.move(5, 5)
    bell.hover()
    expect(bubble).to_contain_text(FIRST)


def test_new_lines_of_the_list_have_theirs(opened: Open) -> None:
    page = opened("/choix")
    page.get_by_role("link", name="Raison sociale").click()
    page.wait_for_url("**tri=raison_sociale*")
    bell, bubble = of_the_line(page)
    bell.click()
    expect(bubble).to_contain_text(FIRST)
    bell.click()
    expect(bubble).to_be_hidden()


def test_g64_the_bell_of_the_top_bar_leads_on_and_its_bubble_opens_beside_it(opened: Open) -> None:
    page = opened(f"{SPACE}/")
    bell, bubble = page.get_by_role("link", name="2 alertes DSN, Suivi DSN"), page.get_by_role("note")
    bell.hover()
    expect(bubble).to_contain_text("DSN Août 2026: Une déclaration à rectifier. Une action de votre part est attendue")
    page.get_by_role("button", name="Afficher les alertes DSN").click()
    page.mouse.move(5, 5)
    expect(bubble).to_contain_text("DSN Octobre 2026")
    assert faults(page) == []
    bell.click()
    expect(page.get_by_role("heading", name="Suivi DSN")).to_be_visible()
