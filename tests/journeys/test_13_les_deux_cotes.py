"""A company, its firm and its people, both sides of each delegation: what one of them does, the other sees and is told
(modification, clipped sub-delegation, reminder, review, renouncing).

The five stories share one company, its founder and its accountant, in any order: each changes what no other looks at.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from embedded.mailbox import body
from tests.journeys import keyboard
from tests.journeys.companies import Company, a_company, import_companies
from tests.journeys.people import Person
from tests.journeys.stories import DEMAND, Someone, a_colleague, a_founder, await_access
from tests.journeys.systems import System

NOMINATIVE, SALARIES, SENDING = (
    "Mes déclarations nominatives",
    "Mes déclarations de salaires",
    "Transmettre mes fichiers",
)
MINE = "/mon-compte/delegations"
LATELY = "Vous avez déjà relancé un administrateur : vous pourrez le faire de nouveau 48 heures après."


@dataclass(frozen=True)
class Office:
    """A company, its founder and its firm's accountant, who administers it too; both logged in."""

    company: Company
    founder: Person
    accountant: Person


@pytest.fixture(scope="module")
def office(system: System, somebody: Someone) -> Office:
    """The firm was delegated the rights of administration, and confirmed."""
    company = a_company()
    founder, accountant = a_founder(system, somebody, company), somebody(company.firm.email)
    founder.delegate_to_firm(company, administrator=True)
    accountant.complete_account("Martin", "Claire")
    founder.confirm(founder.mail(DEMAND))
    await_access(system, accountant.email, company)
    accountant.log_in()
    accountant.enter(company)
    return Office(company, founder, accountant)


def test_what_an_administrator_changes_his_beneficiary_sees_and_is_told(
    system: System, somebody: Someone, office: Office
) -> None:
    luc = a_reader(system, somebody, office, "luc")
    luc.log_in()
    expect(right(luc, office, NOMINATIVE)).to_have_text("Consultation")

    page = office.founder.page
    office.founder.on_line_of(luc.email, "Modification")
    page.get_by_role("radio", name=f"{NOMINATIVE} : Mise à jour").check()
    page.get_by_role("button", name="Valider").last.click()
    expect(page.get_by_text("La délégation est modifiée.")).to_be_visible()

    told = body(luc.mail(f"Votre délégation pour {office.company.raison_sociale} a été modifiée"), "plain")
    assert f"- {NOMINATIVE} : mise à jour (avant : consultation)" in told
    assert "Par : Paul Patron" in told
    assert SALARIES not in told
    luc.page.reload()
    expect(cell(luc.page, NOMINATIVE)).to_have_text("Mise à jour")
    expect(cell(luc.page, SALARIES)).to_have_text("Consultation")


def test_who_waits_has_an_administrator_reminded_and_not_twice_in_two_days(
    system: System, somebody: Someone, office: Office
) -> None:
    accountant, other = office.accountant, a_company(office.company.firm)
    import_companies(system, other)
    founder = a_founder(system, somebody, other, imported=True)
    founder.delegate_to_firm(other)
    accountant.log_out()
    accountant.accept(other)
    founder.mail(DEMAND)  # he was asked, and does nothing

    accountant.log_in()
    accountant.open(MINE)
    second = accountant.page.context.new_page()
    second.goto(f"{system.url}{MINE}")
    press = f"Relancer l'administrateur de {other.raison_sociale}"
    accountant.page.get_by_role("button", name=press).click()
    expect(accountant.page.get_by_text("Un administrateur de l'entreprise est relancé par courriel.")).to_be_visible()
    expect(accountant.page.get_by_role("button", name=press)).to_have_count(0)
    expect(line_of(accountant.page, other)).to_contain_text("nouvelle relance possible")
    second.get_by_role("button", name=press).click()
    expect(second.get_by_text(LATELY)).to_be_visible()
    second.close()

    mail = founder.mail(f"Claire Martin attend votre confirmation pour {other.raison_sociale}")
    assert f"Claire Martin ({accountant.email}) vous relance" in body(mail, "plain")
    founder.confirm(mail)
    accountant.page.reload()
    expect(line_of(accountant.page, other)).to_contain_text("Actif")
    assert len(founder.mails("attend votre confirmation")) == 1


def test_a_firm_with_less_has_its_collaborator_s_rights_clipped_and_he_is_told(
    system: System, somebody: Someone, office: Office
) -> None:
    founder, accountant, company = office.founder, office.accountant, office.company
    accountant.open("/choix")
    accountant.enter(company)
    zoe = somebody(f"zoe-{founder.email}")
    accountant.delegate_to(zoe.email, "En mise à jour")
    zoe.complete_account("Robin", "Zoé")
    accountant.confirm(accountant.mail(DEMAND))
    await_access(system, zoe.email, company)
    zoe.log_in()
    expect(right(zoe, office, SENDING)).to_have_text("Mise à jour")

    page = founder.page
    founder.on_line_of(accountant.email, "Modification")
    page.get_by_role("checkbox", name=re.compile("Administrateur")).uncheck()
    page.get_by_role("button", name="En consultation").click()
    page.get_by_role("button", name="Valider").last.click()
    expect(page.get_by_text("La délégation est modifiée.")).to_be_visible()

    told = body(zoe.mail(f"Votre délégation pour {company.raison_sociale} a été modifiée"), "plain")
    assert "La délégation dont dépend la vôtre" in told
    assert f"- {SENDING} : consultation (avant : mise à jour)" in told
    assert founder.email not in told
    zoe.page.reload()
    expect(cell(zoe.page, SENDING)).to_have_text("Consultation")
    assert "Droits d'administration" in body(accountant.mail("a été modifiée"), "plain")


def test_a_review_keeps_reduces_and_closes_in_one_form(system: System, somebody: Someone, office: Office) -> None:
    founder, company = office.founder, office.company
    anne, marc = a_colleague(founder, somebody, "anne"), a_reader(system, somebody, office, "marc")
    page = founder.page
    founder.in_space("droits")
    page.get_by_role("link", name="Revue des droits d'accès").click()
    answer(page, office.accountant, "Garder")
    answer(page, anne, "Fermer")
    answer(page, marc, "Réduire aux droits choisis")
    theirs = reviewed(page, marc)
    theirs.locator("summary").click()
    theirs.get_by_label(re.compile(f"^{SENDING}, ")).select_option(label="Aucun droit")
    page.get_by_role("button", name="Valider la revue").click()
    expect(page.get_by_text("3 délégations revues.")).to_be_visible()
    expect(reviewed(page, anne)).to_have_count(0)
    for kept in (office.accountant, marc):
        expect(reviewed(page, kept)).to_contain_text("par Paul Patron")

    anne.mail(f"Votre délégation pour {company.raison_sociale} a pris fin")
    told = body(marc.mail(f"Votre délégation pour {company.raison_sociale} a été modifiée"), "plain")
    assert f"- {SENDING} : aucun droit (avant : consultation)" in told
    marc.log_in()
    expect(right(marc, office, SENDING)).to_have_text("Aucun droit")
    expect(right(marc, office, NOMINATIVE)).to_have_text("Consultation")


def test_a_beneficiary_gives_up_his_delegation_with_the_keyboard_alone(
    system: System, somebody: Someone, office: Office
) -> None:
    lea, company = a_reader(system, somebody, office, "lea"), office.company
    page = lea.page
    keyboard.log_in(lea, MINE)
    keyboard.follow(page, page.get_by_role("link", name=f"Renoncer à ma délégation pour {company.raison_sociale}"))
    expect(page.get_by_text("vous n'avez plus accès à l'espace de")).to_be_visible()
    keyboard.follow(page, page.get_by_role("button", name="Renoncer à cette délégation"))
    expect(page.get_by_text("Vous avez renoncé à cette délégation.")).to_be_visible()
    expect(line_of(page, company)).to_contain_text("Inactif")

    own = body(lea.mail(f"Votre délégation pour {company.raison_sociale} a pris fin"), "plain")
    assert "Vous avez renoncé à la délégation" in own
    mail = office.founder.mail(f"La délégation accordée à Lea Robin pour {company.raison_sociale} est fermée")
    assert f"Lea Robin ({lea.email}) a renoncé" in body(mail, "plain")
    office.founder.in_space("droits")
    expect(office.founder.page.get_by_role("row").filter(has_text=lea.email)).to_have_count(0)


def a_reader(system: System, somebody: Someone, office: Office, name: str) -> Person:
    """A collaborator of the company who consults everything, whom every service knows; not logged in."""
    colleague = a_colleague(office.founder, somebody, name)
    await_access(system, colleague.email, office.company)
    return colleague


def right(person: Person, office: Office, function: str) -> Locator:
    """What he holds of a function, on the page of his delegation in « Mes délégations »."""
    person.open(MINE)
    person.page.get_by_role("link", name=f"Voir ma délégation pour {office.company.raison_sociale}").click()
    return cell(person.page, function)


def cell(page: Page, function: str) -> Locator:
    """The right beside the name of a function, on the page of a delegation."""
    return (
        page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=function, exact=True)).get_by_role("cell")
    )


def line_of(page: Page, company: Company) -> Locator:
    """The line of a company in « Mes délégations »."""
    return page.get_by_role("row").filter(has_text=company.raison_sociale)


def reviewed(page: Page, of: Person) -> Locator:
    """One delegation of the review."""
    return page.get_by_role("group").filter(has_text=of.email)


def answer(page: Page, of: Person, choice: str) -> None:
    """Choose for one delegation of the review."""
    reviewed(page, of).get_by_label(choice).check()
