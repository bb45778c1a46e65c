"""A list with pages keeps focus and place from page to page (`lists.js`); long names overflow nowhere."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.gateway.browser import faults
from tests.gateway.examples import ACTIVE, ADHERENT, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.test_browser import Open
from tests.gateway.test_browser import address as address
from tests.gateway.test_browser import someone as someone

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
LONG = "SOCIÉTÉ INDUSTRIELLE DE CHARPENTES COUVERTURES ET OUVRAGES D'ART DE BOURG-EN-BRE"


COMPANY = f"/adherents/{ADHERENT}"
# Every page whose list has pages: what its service answers, and where a page begins (a number, or the key of a line).
PAGED = [
    ("/choix", "GET /sites", "page=2"),
    ("/contacter", "delegation: GET /sites", "page=2"),
    (f"{SPACE}/droits", f"GET {COMPANY}/delegations", "page=2"),
    (f"{SPACE}/droits/revue", f"GET {COMPANY}/review", "page=2"),
    (f"{SPACE}/droits/historique", f"GET {COMPANY}/journal", "avant="),
    (f"{SPACE}/droits/qui-pouvait", f"GET {COMPANY}/who-could", "apres="),
    ("/mon-compte/messages", "GET /messages", "page=2"),
    ("/mon-compte/sessions", "GET /account/sessions", "page=2"),
    ("/mon-compte/delegations", "GET /mandates", "page=2"),
    ("/mon-compte/activite", "GET /account/activity", "avant="),
]


@pytest.mark.parametrize(("path", "call", "begins"), PAGED)
def test_the_next_page_comes_in_place_with_the_focus(
    someone: Open, services: FakeServices, path: str, call: str, begins: str
) -> None:
    status, answer = services.answers[call]
    more = {"total": 60, "page_size": 25} if "total" in answer else {"next": ACTIVE}
    services.answers[call] = (status, {**answer, **more})
    page = someone()
    page.goto(path)
    page.evaluate("window.same = true")
    page.get_by_role("link", name=re.compile("^(Page suivante|Plus ancien|Les suivants)")).press("Enter")
    page.wait_for_url(f"**{begins}*")
    page.wait_for_function("document.activeElement.closest('.pages') !== null")
    assert page.evaluate("window.same")


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/contacter", "Rechercher une raison"),
        ("/choix", "Rechercher une"),
        (f"{SPACE}/droits/revue", "À revoir seulement"),
        (f"{SPACE}/droits/historique", "Personne"),
        (f"{SPACE}/droits/qui-pouvait", "Personne"),
    ],
)
def test_a_filter_keeps_the_focus(someone: Open, services: FakeServices, path: str, label: str) -> None:
    page = someone()
    page.goto(path)
    page.evaluate("window.same = true")
    field = page.locator("#contenu").get_by_label(label).first
    field.press("Space")
    field.press("Enter")
    page.wait_for_url("**?*")
    expect(field).to_be_focused()
    assert page.evaluate("window.same")


@pytest.mark.parametrize(("path", "label"), [("historique", "Du"), ("qui-pouvait", "Jour *")])
def test_a_filter_that_is_refused_is_said_in_place_and_keeps_its_calendar(someone: Open, path: str, label: str) -> None:
    page = someone()
    page.goto(f"{SPACE}/droits/{path}")
    page.evaluate("window.same = true")
    field = page.get_by_label(label, exact=True)
    calendar = field.locator("..").get_by_role("button", name="Choisir dans un calendrier")
    for typed, refused in (("31/02/2026", True), ("20/11/2026", False), ("2026", True)):
        field.fill(typed)
        field.press("Enter")
        expect(page.get_by_role("alert")).to_have_count(int(refused))
        expect(field).to_have_attribute("value", typed)
        expect(field).to_have_attribute("aria-invalid", "true") if refused else expect(
            page.locator("td")
        ).not_to_have_count(0)
        expect(calendar).to_be_visible()
        expect(page.locator(".cueilleur")).to_have_count(page.locator(".jour").count())
        assert faults(page) == []
    page.evaluate("HTMLInputElement.prototype.showPicker = function () { globalThis.open = this.value; }")
    field.fill("24/12/2026")
    calendar.click()
    assert page.evaluate("[open, same]") == ["2026-12-24", True]


def test_an_act_is_filtered_when_it_is_chosen(someone: Open) -> None:
    page = someone()
    page.goto(f"{SPACE}/droits/historique")
    page.evaluate("window.same = true")
    acts = page.get_by_label("Acte", exact=True)
    acts.select_option("Ouverture")
    page.wait_for_url("**acte=ouverture*")
    expect(acts).to_have_value("ouverture")
    assert page.evaluate("window.same")


def test_without_a_script_a_history_is_filtered_all_the_same(someone: Open, services: FakeServices) -> None:
    page = someone(java_script_enabled=False)
    page.goto(f"{SPACE}/droits/historique")
    page.get_by_label("Acte", exact=True).select_option("Ouverture")
    page.get_by_role("button", name="Afficher").click()
    page.wait_for_url("**acte=ouverture*")
    assert services.called(f"GET {COMPANY}/journal")[-1].query["acte"] == "ouverture"


def test_a_page_that_is_jumped_to_comes_in_place_with_the_focus(someone: Open, services: FakeServices) -> None:
    status, answer = services.answers["GET /sites"]
    services.answers["GET /sites"] = (status, {**answer, "total": 5000})
    page = someone()
    page.goto("/choix")
    page.evaluate("window.same = true")
    field = page.get_by_label("Page sur 200")
    field.fill("7")
    field.press("Enter")
    page.wait_for_url("**page=7*")
    expect(field).to_be_focused()
    assert page.evaluate("window.same")


@pytest.mark.parametrize("javascript", [True, False], ids=["", "no-script"])
@pytest.mark.parametrize("path", ["/choix", f"{SPACE}/droits", f"{SPACE}/suivi-dsn"])
def test_on_a_phone_sorts_and_filters_are_folded_until_asked_for(someone: Open, path: str, javascript: bool) -> None:
    page = someone(viewport={"width": 320, "height": 800}, java_script_enabled=javascript)
    page.goto(path)
    sorts = page.locator("thead .tri").first
    expect(sorts).to_be_hidden()
    page.locator(".plier-liste summary").press("Enter")
    expect(sorts).to_be_visible()
    sorts.press("Enter")
    page.wait_for_url("**tri=*")
    if javascript:  # its lines alone are new: what one opened stays open
        expect(page.locator("th[aria-sort='ascending'], th[aria-sort='descending']")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_name_of_80_characters_overflows_nowhere(someone: Open, services: FakeServices, width: int) -> None:
    def named(value: Any) -> Any:
        if isinstance(value, list):
            return [named(one) for one in value]
        if isinstance(value, dict):
            return {name: LONG if name == "raison_sociale" else named(one) for name, one in value.items()}
        return value

    for call, answer in services.answers.items():
        if isinstance(answer, tuple):
            services.answers[call] = (answer[0], named(answer[1]))
    page = someone(viewport={"width": width, "height": 800})
    for path in ("/choix", f"{SPACE}/", f"{SPACE}/droits", "/mon-compte/messages", "/mon-compte/delegations"):
        page.goto(path)
        expect(page.locator("main")).to_be_visible()
        too_wide = page.evaluate(
            "[...document.querySelectorAll('header, main, main .carte, html')]"
            ".filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.tagName + one.className)"
        )
        assert too_wide == [], path
