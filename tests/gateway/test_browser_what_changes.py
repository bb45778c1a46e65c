"""The page of a modification says what changes before « Valider »: by mouse, by keyboard, and as it is sent (G19)."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from contracts.words.changes import differences
from tests.gateway.browser import faults, out
from tests.gateway.examples import ACTIVE, ADHERENT, PEOPLE, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.tables import WHOLE
from tests.gateway.test_browser import Open
from tests.gateway.test_browser import address as address
from tests.gateway.test_browser import someone as someone
from tests.gateway.test_browser_early import before_its_scripts

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
PAGE, PUT = f"{SPACE}/droits/{ACTIVE}/modifier", f"PUT /adherents/{ADHERENT}/delegations/{ACTIVE}"
NOTHING = ["Aucune modification."]
# Each time that what it says is replaced: what a screen reader is told.
TOLD = """() => {
  globalThis.told = 0;
  const list = document.querySelector("[data-ce-qui-change] ul");
  new MutationObserver(() => { told += 1; }).observe(list, { childList: true });
}"""


@pytest.fixture
def page(someone: Open, services: FakeServices) -> Page:
    services.answers["GET /catalogue"] = (200, WHOLE)
    shown = someone()
    shown.goto(PAGE)
    return shown


def region(page: Page) -> Locator:
    """Where it is said."""
    return page.get_by_role("region", name="Ce qui change").get_by_role("status")


def says(page: Page, *lines: str) -> None:
    """Wait until it says these lines, and no other."""
    expect(region(page).locator("p:visible, li:visible")).to_have_text(list(lines))


def radio(page: Page, name: str) -> Locator:
    return page.get_by_role("radio", name=name)


def test_each_thing_is_said_as_its_history_will_and_no_more_once_it_is_as_it_was(page: Page) -> None:
    says(page, *NOTHING)
    radio(page, "Mes documents : Mise à jour").check()
    page.get_by_label("Cadres").uncheck()
    page.get_by_label("Sans date de fin").check()
    says(
        page,
        "Date de fin : aucune (avant : 31/12/2027)",
        "Collèges : Ouvriers, ETAM (avant : Ouvriers, ETAM, Cadres)",
        "Mes documents : mise à jour (avant : consultation)",
    )
    assert faults(page) == []
    radio(page, "Mes documents : Consultation").check()
    page.get_by_label("Cadres").check()
    page.get_by_label("Sans date de fin").uncheck()
    says(page, *NOTHING)


def test_by_the_keyboard_it_is_spoken_once_for_what_is_done_without_a_pause(page: Page) -> None:
    page.evaluate(TOLD)
    end = page.get_by_label("Date de fin", exact=True)
    end.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("30.6.2028")
    radio(page, "Mes documents : Consultation").focus()
    page.keyboard.press("ArrowRight")
    says(
        page,
        "Date de fin : 30/06/2028 (avant : 31/12/2027)",
        "Mes documents : mise à jour (avant : consultation)",
    )
    assert page.evaluate("told") == 1
    page.keyboard.press("ArrowLeft")
    end.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("31122027")
    says(page, *NOTHING)
    assert page.evaluate("told") == 2


def test_functions_that_change_alike_are_one_line(page: Page) -> None:
    for name in ("Mes télépaiements", "Mes comptes bancaires"):
        radio(page, f"{name} : Consultation").check()
    says(page, "Mes comptes bancaires, Mes télépaiements : consultation (avant : aucun droit)")
    page.get_by_label("Administrateur", exact=True).check()
    said = "Toutes les fonctionnalités : mise à jour (avant : aucun droit, consultation)"
    says(page, "Droits d'administration : oui (avant : non)", said)
    page.get_by_label("Administrateur", exact=True).uncheck()
    says(page, "Mes comptes bancaires, Mes télépaiements : consultation (avant : aucun droit)")
    page.get_by_role("button", name="Aucun droit d'accès").click()
    nominatives = "Mes déclarations nominatives : aucun droit (avant : mise à jour)"
    says(page, nominatives, "Mes documents : aucun droit (avant : consultation)")


@pytest.mark.parametrize("administrator", [False, True])
def test_what_is_said_is_what_is_sent(page: Page, services: FakeServices, administrator: bool) -> None:
    page.get_by_label("Date d'effet *").fill("2026-11-30")
    page.get_by_label("Date de fin", exact=True).fill("1-3-2027")
    page.get_by_label("ETAM").uncheck()
    radio(page, "Mes documents : Aucun droit").check()
    radio(page, "Mes télépaiements : Mise à jour").check()
    page.get_by_label("Administrateur", exact=True).set_checked(administrator)
    expect(region(page).get_by_text("01/03/2027")).to_be_visible()
    said = region(page).locator("li").all_inner_texts()
    page.get_by_role("button", name="Valider").last.click()
    expect(page.get_by_text("La délégation est modifiée.")).to_be_visible()
    (call,) = services.called(PUT)
    made = differences(granted(PEOPLE[1]), granted(call.json))
    alike = [f"{one.label} : {one.after} (avant : {one.before})" for one in made if "." not in one.field]
    if administrator:
        assert len(made) == len(alike) + 15  # one was at « mise à jour »
        alike += ["Toutes les fonctionnalités : mise à jour (avant : aucun droit, consultation)"]
    else:
        alike += [f"{one.label} : {one.after} (avant : {one.before})" for one in made if "." in one.field]
    assert [line.replace("\xa0", " ") for line in said] == alike


def granted(terms: dict[str, Any]) -> dict[str, Any]:
    """What a delegation of the examples grants, or what was sent: with its days as days."""
    days = {name: date.fromisoformat(terms[name]) for name in ("starts_on", "ends_on") if terms[name]}
    return {**terms, **days}


def test_what_is_typed_before_its_script_and_what_a_refusal_shows_again_count(page: Page) -> None:
    with before_its_scripts(page):
        page.get_by_label("Date de fin", exact=True).fill("30/06/2028")
        expect(page.get_by_text("Aucune modification.")).to_be_hidden()  # nobody has counted yet
    says(page, "Date de fin : 30/06/2028 (avant : 31/12/2027)")
    page.get_by_label("Date de fin", exact=True).fill("31/06/2028")
    page.get_by_role("button", name="Valider").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Cette date n'existe pas.")
    says(page, "Date de fin : 31/06/2028 (avant : 31/12/2027)")
    page.get_by_label("Date de fin", exact=True).fill("")
    says(page, *NOTHING)  # an oversight: it is refused


def test_it_fits_a_phone_and_is_not_there_without_a_script(page: Page, someone: Open) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    for row in WHOLE["groups"][0]["functions"]:
        radio(page, f"{row['label']} : Consultation").check()
    expect(region(page).locator("li")).to_have_count(1)
    assert faults(page) == []
    assert out(page) == []
    plain = someone(java_script_enabled=False)
    plain.goto(PAGE)
    expect(plain.get_by_text("Ce qui change")).to_be_hidden()
    expect(plain.get_by_role("button", name="Valider").last).to_be_visible()
