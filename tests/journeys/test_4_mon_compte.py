"""Chapter « Mise à jour des informations de connexion »: another identifiant, proved, shown, undone (G75)."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.companies import PASSWORD, Company, a_company
from tests.journeys.people import Person
from tests.journeys.stories import Someone, a_delegated_firm, a_founder
from tests.journeys.systems import System
from tests.support.ports import eventually

ACTIVATION, NOTICE = "Activer mon nouvel identifiant", "Modification de votre identifiant"
M1 = "Adresse électronique ou mot de passe incorrect."

Picture = Callable[[Page, str], None]


def test_g75_t5_another_identifiant_is_proved_seen_everywhere_and_undone(
    system: System, someone: Someone, picture: Picture
) -> None:
    company = a_company()
    founder = a_founder(system, someone, company)
    old, new = founder.email, f"nouveau-{founder.email}"
    asks_for(founder, new, picture)
    is_refused(founder)
    founder.email = new
    is_refused(founder)

    founder.open(founder.link(founder.mail(ACTIVATION)))
    picture(founder.page, "activation")
    is_refused(founder)  # opening the link did nothing
    activates(founder)
    founder.log_in()
    founder.enter(company)
    shows(founder, company, new)

    founder.email = old
    founder.open(founder.link(founder.mail(NOTICE)))
    picture(founder.page, "annulation")
    founder.page.get_by_role("button", name="Annuler la modification").click()
    expect(founder.page.get_by_text("La modification est annulée")).to_be_visible()
    is_refused(founder)
    chooses_again(founder)
    founder.log_in()
    shows(founder, company, old)


def test_g75_who_delegated_is_told_and_sees_the_new_address(system: System, someone: Someone) -> None:
    company = a_company()
    accountant, (founder,) = a_delegated_firm(system, someone, company)
    accountant.log_in()
    asks_for(accountant, f"nouveau-{accountant.email}")
    accountant.email = f"nouveau-{accountant.email}"
    activates(accountant)
    founder.mail("a changé d'adresse électronique")
    founder.in_space("droits")
    expect(founder.page.get_by_role("cell", name=accountant.email)).to_be_visible()


def test_aa18_the_address_of_somebody_else_changes_nothing(system: System, someone: Someone) -> None:
    company = a_company()
    founder, other = a_founder(system, someone, company), a_founder(system, someone, a_company())
    asks_for(founder, other.email)
    other.mail("Votre adresse a été demandée comme identifiant")
    founder.open("/mon-compte")
    expect(founder.page.get_by_role("definition").filter(has_text=founder.email)).to_be_visible()


def chooses_again(person: Person) -> None:
    """Undoing ended the password: its mail brings the link to another, or to the same."""
    person.open(person.link(person.mail("choisissez un nouveau mot de passe")))
    for label in ("Mot de passe *", "Confirmation mot de passe *"):
        person.page.get_by_label(label, exact=True).fill(PASSWORD)
    person.page.get_by_role("button", name="Valider").click()
    expect(person.page).to_have_url(re.compile("/connexion"))


def asks_for(person: Person, address: str, picture: Picture | None = None) -> None:
    """« Modifier identifiant » (G74), to the page that says what comes next."""
    page = person.page
    person.open("/mon-compte")
    page.get_by_role("link", name="Modifier identifiant").click()
    expect(
        page.get_by_text("ATTENTION, la modification de votre identifiant entraîne une désactivation")
    ).to_be_visible()
    page.get_by_label("Nouvelle adresse électronique *").fill(address)
    if picture:
        picture(page, "modifier-identifiant")
    person.press("Valider", **{"Mot de passe actuel *": person.password})
    expect(page.get_by_text("Si cette adresse peut devenir votre identifiant")).to_be_visible()
    if picture:
        picture(page, "identifiant-demande")


def activates(person: Person) -> None:
    """Follow the link of the mail that came to the new address, and use it."""
    person.open(person.link(person.mail(ACTIVATION)))
    person.page.get_by_role("button", name="Activer mon compte").click()
    expect(person.page.get_by_text("Votre compte est réactivé.")).to_be_visible()


def is_refused(person: Person) -> None:
    """Login answers as to a wrong password (M1)."""
    person.try_to_log_in()
    expect(person.page.get_by_text(M1).first).to_be_visible()


def shows(person: Person, company: Company, address: str) -> None:
    """The account, the list of the rights (« Courriel ») and « Nous contacter » show `address`, once it came there."""

    def read(path: str) -> bool:
        person.in_space(path)
        said = person.page.content().replace("<wbr>", "")  # a line may break there
        return bool(re.search(rf"(?<![\w.-]){re.escape(address)}", said))

    for path in ("droits", "contact"):
        eventually(lambda path=path: read(path), limit=30, what=f"{path} of {company.raison_sociale} shows {address}")  # type: ignore[misc]
    person.open("/mon-compte")
    expect(person.page.get_by_role("definition").filter(has_text=address)).to_be_visible()
