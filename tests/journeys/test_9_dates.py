"""Days typed into the real system: what is unreadable changes nothing, an end goes only when that is asked for."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.companies import a_company
from tests.journeys.people import Person
from tests.journeys.stories import Someone, a_colleague, a_founder
from tests.journeys.systems import System

NO_SUCH_DAY = "Cette date n'existe pas."


@pytest.fixture
def founder(system: System, someone: Someone) -> Person:
    """A founder with a colleague whose delegation is active: a pending one is closed without a day."""
    person = a_founder(system, someone, a_company())
    a_colleague(person, someone, "aide")
    return person


def open_line(person: Person, action: str) -> Page:
    """« Fermeture » or « Visualisation » on the line of the colleague."""
    person.in_space("droits")
    row = person.page.get_by_role("row").filter(has_text="aide-")
    row.get_by_role("link", name=re.compile(f"^{action} ")).click()
    return person.page


@pytest.mark.parametrize("typed", ["31/02/2027", ""])
def test_an_impossible_or_cleared_day_closes_nothing(founder: Person, typed: str) -> None:
    page = open_line(founder, "Fermeture")
    page.get_by_label("Date de fermeture *").fill(typed)
    page.get_by_role("button", name="Fermer la délégation").click()
    expect(page.get_by_role("alert")).to_contain_text(NO_SUCH_DAY if typed else "Saisissez la date de fermeture.")
    expect(page.get_by_label("Date de fermeture *")).to_have_value(typed)
    founder.in_space("droits")
    expect(page.get_by_role("row").filter(has_text="aide-")).to_contain_text("Actif")


def test_an_impossible_end_opens_nothing(system: System, someone: Someone) -> None:
    person = a_founder(system, someone, a_company())
    person.in_space("droits/nouvelle")
    page = person.page
    page.get_by_label("Adresse électronique *").fill(f"aide-{person.email}")
    page.get_by_label("Date de fin", exact=True).fill("31/02/2099")
    page.get_by_role("button", name="Suivant").click()
    expect(page.get_by_role("alert")).to_contain_text(NO_SUCH_DAY)
    expect(page.get_by_label("Date de fin", exact=True)).to_have_value("31/02/2099")


def test_the_end_of_a_live_delegation_goes_only_by_its_box(system: System, someone: Someone) -> None:
    person = a_founder(system, someone, a_company())
    page = confirmed_until(person, someone, "31/12/2099")
    for typed, said in (("31/02/2099", NO_SUCH_DAY), ("", "Saisissez la date de fin, ou cochez")):
        page.get_by_label("Date de fin", exact=True).fill(typed)
        page.get_by_role("button", name="Valider").last.click()
        expect(page.get_by_role("alert")).to_contain_text(said)
    page.get_by_label(re.compile("Sans date de fin")).check()
    page.get_by_role("button", name="Valider").last.click()
    expect(page.get_by_text("La délégation est modifiée.")).to_be_visible()
    expect(page.get_by_role("definition").filter(has_text="Aucune")).to_be_visible()


def test_the_calendar_fills_the_text(founder: Person) -> None:
    page = open_line(founder, "Fermeture")
    page.evaluate("() => { HTMLInputElement.prototype.showPicker = function () { this.dataset.shown = this.value } }")
    page.get_by_label("Date de fermeture *", exact=True).fill("1.2.2027")
    page.get_by_role("button", name=re.compile("Choisir dans un calendrier")).click()
    picker = page.locator("input.cueilleur")
    expect(picker).to_have_attribute("data-shown", "2027-02-01")
    picker.evaluate("one => { one.value = '2027-03-31'; one.dispatchEvent(new Event('change')); }")
    expect(page.get_by_label("Date de fermeture *", exact=True)).to_have_value("31/03/2027")


def test_without_javascript_a_day_is_typed(founder: Person, browser: Browser) -> None:
    address = open_line(founder, "Fermeture").url
    context = browser.new_context(java_script_enabled=False, storage_state=founder.page.context.storage_state())
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("button", name=re.compile("Choisir dans un calendrier"))).to_be_hidden()
    page.get_by_label("Date de fermeture *").fill("31/02/2027")
    page.get_by_role("button", name="Fermer la délégation").click()
    expect(page.get_by_role("alert")).to_contain_text(NO_SUCH_DAY)
    context.close()


def confirmed_until(founder: Person, someone: Someone, end: str) -> Page:
    """A collaborator's delegation with an end, confirmed, on its page « Modification »."""
    colleague = a_colleague(founder, someone, "aide", ends_on=end)
    founder.on_line_of(colleague.email, "Modification")
    return founder.page
