"""Two mails' links of one kind in two tabs of one browser, on the real system: « Modifier identifiant », undoing it,
certifying an address again. Each form acts on the link that its own page shows, whatever was opened since (K4)."""

from datetime import timedelta

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from backbone.clock import SystemClock
from backbone.store.engines import make_engine
from backbone.store.tables import APART
from services.identity.storage.tables import accounts
from tests.journeys.companies import a_company
from tests.journeys.people import Person
from tests.journeys.stories import Someone, a_founder
from tests.journeys.systems import System
from tests.journeys.test_4_mon_compte import ACTIVATION, NOTICE, asks_for, is_refused

CERTIFY = "Renouveler la certification"
DEAD = "Ce lien n'est plus valable."
AGE, TOLD = timedelta(days=91), timedelta(days=16)  # certified longer ago than 90 days, told longer ago than 15


def test_two_changes_of_identifiant_in_two_tabs_prove_and_undo_each_its_own(system: System, someone: Someone) -> None:
    first, second = (a_founder(system, someone, a_company()) for _ in range(2))
    former, wanted = first.email, f"nouveau-{first.email}"
    for person in (first, second):
        asks_for(person, f"nouveau-{person.email}")
    tabs = in_two_tabs(first, [first.mail(ACTIVATION), second.mail(ACTIVATION)])
    for tab, person in zip(tabs, (first, second), strict=True):
        expect(tab.get_by_role("main")).to_contain_text(f"nouveau-{person.email}")
    press(tabs[0], "Activer mon compte", "Votre compte est réactivé.")
    is_refused(second)  # neither his former identifiant…
    second.email = f"nouveau-{second.email}"
    is_refused(second)  # …nor the other one: the form showed the first one's
    says_whose_it_is(first, tabs[1], wanted, second.email)
    press(tabs[1], "Activer mon compte", "Votre compte est réactivé.")
    second.log_in()

    first.email, second.email = former, second.email.removeprefix("nouveau-")
    tabs = in_two_tabs(first, [first.mail(NOTICE), second.mail(NOTICE)])
    press(tabs[0], "Annuler la modification", "La modification est annulée")
    first.email = wanted
    is_refused(first)
    second.open("/mon-compte")  # his session goes on: nothing of his was undone
    expect(second.page.get_by_role("definition").filter(has_text=f"nouveau-{second.email}")).to_be_visible()
    press(tabs[1], "Annuler la modification", "La modification est annulée")
    second.open("/mon-compte")
    expect(second.page.get_by_role("button", name="Connexion", exact=True)).to_be_visible()


def test_two_certifications_in_two_tabs_certify_each_its_own_address(system: System, someone: Someone) -> None:
    first, second = (a_founder(system, someone, a_company()) for _ in range(2))
    months_pass(system, first.email, second.email)
    tabs = in_two_tabs(first, [first.mail(CERTIFY), second.mail(CERTIFY)])
    for tab, person in zip(tabs, (first, second), strict=True):
        expect(tab.get_by_role("main")).to_contain_text(person.email)
    press(tabs[0], CERTIFY, "Votre compte est actif.")
    says_whose_it_is(first, tabs[1], first.email, second.email)
    press(tabs[1], CERTIFY, "Votre compte est actif.")
    second.log_in()
    for tab, mail in zip(tabs, (first.mail(CERTIFY), second.mail(CERTIFY)), strict=True):
        tab.goto(first.link(mail))
        expect(tab.get_by_role("main")).to_contain_text(DEAD)


def in_two_tabs(person: Person, mails: list[object]) -> tuple[Page, Page]:
    """The links of two mails, the last opened last, in the browser of one person, who is not logged in."""
    person.page.goto(f"{person.system.url}/aide")  # what it shows may be of a session that another tab ended
    if person.page.get_by_role("button", name="Se déconnecter").count():
        person.log_out()
    tabs = (person.page, person.page.context.new_page())
    for tab, mail in zip(tabs, mails, strict=True):
        tab.goto(person.link(mail))  # type: ignore[arg-type]
    return tabs


def press(tab: Page, button: str, told: str) -> None:
    """Use the link of the page that a tab shows."""
    tab.get_by_role("main").get_by_role("button", name=button).click()
    expect(tab.get_by_text(told)).to_be_visible()


def says_whose_it_is(person: Person, tab: Page, logged_in: str, addressee: str) -> None:
    """Somebody logs in beside a link for another person: its page says who and for whom, and offers to leave."""
    person.email = logged_in
    person.log_in()
    tab.reload()
    for address in (logged_in, addressee):
        expect(tab.get_by_role("main")).to_contain_text(address)
    tab.get_by_role("button", name="Se déconnecter et continuer").click()
    expect(tab.get_by_role("main")).to_contain_text(addressee)


def months_pass(system: System, *emails: str) -> None:
    """These addresses were certified, and announced, long ago; identity looks now and not within the hour."""
    engine, now = make_engine(system.database("identity")), SystemClock().now()
    runs = APART.job_runs
    with engine.begin() as connection:
        long_ago = {"email_certified_at": now - AGE, "certification_announced_at": now - TOLD}
        connection.execute(sa.update(accounts).where(accounts.c.email_key.in_(emails)).values(long_ago))
        connection.execute(sa.update(runs).where(runs.c.name == "recertify").values(due_at=now))
    engine.dispose()
