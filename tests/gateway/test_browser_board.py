"""« Alertes DSN de tous mes sites » in Chromium: by mouse, by keyboard, without JavaScript, on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.gateway.board_examples import alert, board
from tests.gateway.browser import faults
from tests.gateway.examples import SITES, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.test_browser import Open
from tests.gateway.test_browser import address as address
from tests.gateway.test_browser import someone as someone
from tests.gateway.test_browser_lists import LONG

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
PAGE, KIND = "/choix/alertes", "Type d'alerte"
TO_RECTIFY = "Une déclaration à rectifier"


def many(services: FakeServices, number: int = 60, **said: Any) -> None:
    """As many alerts, of one company and of the other in turn."""
    items = [alert({**SITES[2], **said}, "2026-08", "B", new=True), alert({**SITES[0], **said}, "2026-10")]
    services.answers["GET /alerts"] = lambda query: (200, board(items * (number // 2), query))


def lines(page: Page) -> Any:
    return page.locator("tbody th[scope='row']")


def test_by_mouse_a_kind_is_chosen_in_place_and_a_line_leads_to_its_month(someone: Open) -> None:
    page = someone()
    page.goto("/choix")
    page.get_by_role("link", name="Toutes mes alertes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alertes DSN de tous mes sites")
    page.evaluate("window.same = true")
    page.get_by_label(KIND).focus()
    page.get_by_label(KIND).select_option(label=TO_RECTIFY)
    page.wait_for_url("**type=B*")
    expect(lines(page)).to_have_count(1)
    expect(page.get_by_label(KIND)).to_be_focused()
    expect(page.get_by_text("2 sites à traiter")).to_be_visible()  # of all kinds
    assert page.evaluate("window.same")
    assert "type=B" in str(page.get_by_role("link", name="Télécharger la liste (CSV)").get_attribute("href"))
    page.get_by_role("link", name="DSN Août 2026, ENTREPRISE DURAND, Siège Lyon").click()
    page.wait_for_url(f"**{SPACE}/suivi-dsn/2026-08")


def test_by_keyboard_the_next_page_comes_in_place_and_a_line_opens(someone: Open, services: FakeServices) -> None:
    many(services)
    page = someone()
    page.goto(PAGE)
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Page suivante").press("Enter")
    page.wait_for_url("**page=2*")
    page.wait_for_function("document.activeElement.closest('.pages') !== null")
    assert page.evaluate("window.same")
    page.get_by_label(KIND).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Lignes par page")).to_be_focused()
    for _ in range(3):  # the button, the file, the first line
        page.keyboard.press("Tab")
    expect(lines(page).first.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/suivi-dsn/2026-*")


def test_without_javascript(someone: Open, services: FakeServices) -> None:
    many(services)
    page = someone(java_script_enabled=False)
    page.goto(PAGE)
    page.get_by_label(KIND).select_option(label=TO_RECTIFY)
    page.get_by_role("button", name="Afficher").click()
    expect(lines(page)).to_have_count(25)
    page.get_by_role("link", name="Page suivante").click()
    page.wait_for_url("**type=B*page=2*")
    expect(lines(page)).to_have_count(5)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_long_names_overflow_nowhere_and_axe_finds_nothing(
    someone: Open, services: FakeServices, width: int, scheme: Any
) -> None:
    many(services, raison_sociale=LONG, nom=LONG)
    page = someone(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(PAGE)
    expect(page.locator("th[scope='rowgroup']").first).to_contain_text(LONG)
    too_wide = page.evaluate(
        "[...document.querySelectorAll('main, main .carte, main th, main td, html')]"
        ".filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.tagName + one.className)"
    )
    assert too_wide == [] and faults(page) == []
    heads = page.locator("th[scope='rowgroup']").first.bounding_box()
    assert heads and heads["width"] > page.locator("table.liste").bounding_box()["width"] * 0.95  # type: ignore[index]


def test_the_empty_list_is_said_without_fault(someone: Open, services: FakeServices) -> None:
    services.answers["GET /alerts"] = lambda query: (200, board([], query))
    page = someone(viewport={"width": 320, "height": 800})
    page.goto(PAGE)
    expect(page.get_by_text("Aucune alerte DSN n'attend d'action de votre part.")).to_be_visible()
    assert faults(page) == []
