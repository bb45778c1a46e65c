"""One browser with several tabs, on the real system: every form acts on what its own page shows."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from embedded.mailbox import body
from tests.journeys.companies import PASSWORD, a_company, import_companies
from tests.journeys.people import Person
from tests.journeys.stories import INVITATION, Someone, a_delegated_firm, a_founder
from tests.journeys.systems import System
from tests.journeys.test_6_contacter_la_caisse import PDF
from tests.support.ports import eventually

NEW = "Chantier-Vert-2027"


def test_two_reset_links_in_two_tabs_change_each_its_own_password(system: System, someone: Someone) -> None:
    first, second = (a_founder(system, someone, a_company()) for _ in range(2))
    tabs = (first.page, first.page.context.new_page())
    first.log_out()
    for person, tab in zip((first, second), tabs, strict=True):
        tab.goto(f"{system.url}/mot-de-passe-oublie")
        tab.get_by_label("Adresse électronique").fill(person.email)
        tab.get_by_role("button", name="Valider").click()
        tab.goto(first.link(reset_mail(person)))
        expect(tab.get_by_label("Adresse électronique")).to_have_value(person.email)
    choose_password(tabs[0], NEW)
    second.log_out()
    second.log_in()  # with his old password: only the first one's was changed
    first.page = tabs[0]
    first.log_in(NEW)


def test_two_invitations_in_two_tabs_open_each_its_own_account(system: System, someone: Someone) -> None:
    companies = [a_company(), a_company()]
    import_companies(system, *companies)
    first, second = (someone(company.administrateur) for company in companies)
    other_tab = first.page.context.new_page()
    first.open(first.link(first.mail(INVITATION)))
    other_tab.goto(second.link(second.mail(INVITATION)))
    expect(other_tab.get_by_label("Adresse électronique")).to_have_value(second.email)
    complete(first.page)
    first.log_in()
    expect(first.page.get_by_role("banner")).to_contain_text(companies[0].raison_sociale)
    second.complete_account("Patron", "Paul")


def test_an_invitation_opened_in_somebody_s_session_says_who_and_offers_to_leave(
    system: System, someone: Someone
) -> None:
    founder, company = a_founder(system, someone, a_company()), a_company()
    import_companies(system, company)
    invited = someone(company.administrateur)
    page = founder.page
    page.goto(invited.link(invited.mail(INVITATION)))
    expect(page.get_by_role("main")).to_contain_text(founder.email)
    expect(page.get_by_role("main")).to_contain_text(invited.email)
    expect(page.get_by_label("Mot de passe *", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Se déconnecter et continuer").click()
    complete(page)
    expect(page.get_by_role("heading", name="Finalisation de l'ouverture d'une délégation")).to_be_visible()
    invited.log_in()


def test_two_companies_in_two_tabs_never_lead_to_each_other(system: System, someone: Someone) -> None:
    companies = [a_company(), a_company()]
    companies[1] = a_company(companies[0].firm)
    accountant, _ = a_delegated_firm(system, someone, *companies)
    accountant.log_in()
    accountant.choose(companies[0])
    other_tab = accountant.page.context.new_page()
    other_tab.goto(f"{system.url}/choix")
    other_tab.get_by_role("radio", name=f"{companies[1].raison_sociale}, Siège").check()
    other_tab.get_by_role("button", name="Valider").click()
    for page, company in ((accountant.page, companies[0]), (other_tab, companies[1]), (accountant.page, companies[0])):
        for entry in (
            "Gérer mon compte utilisateur",
            "Mes messages",
            "Aide",
            "Mentions légales",
            "CGU",
            "Nous contacter",
        ):
            page.get_by_role("link", name=entry, exact=True).first.click()
            expect(page.get_by_role("banner")).to_contain_text(company.raison_sociale)
            if entry in ("Aide", "Mentions légales", "CGU"):
                page.get_by_role("link", name="Gérer mon compte utilisateur").first.click()
        expect(page.get_by_label("Raison sociale")).to_have_value(company.raison_sociale)


def test_a_second_dossier_of_the_caisse_leaves_the_first_one_s_files(
    system: System, someone: Someone, tmp_path: Path
) -> None:
    founder = a_founder(system, someone, a_company())
    links = [send_file(system, founder, tmp_path / f"piece-{number}.pdf") for number in (1, 2)]
    first, second = founder.page, founder.page.context.new_page()
    for page, link in zip((first, second), links, strict=True):
        page.goto(link)
        expect(page.get_by_role("heading", name=re.compile("Pièces jointes du message"))).to_be_visible()
    for page, number in ((first, 1), (second, 2)):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"piece-{number}.pdf").click()
        assert Path(download.value.path()).read_bytes() == PDF + str(number).encode()


def reset_mail(person: Person) -> object:
    """The last mail with a reset link."""

    def last() -> object:
        found = [one for one in person.system.emails() if person.email in str(one["To"])]
        return next((one for one in reversed(found) if "/lien/reinitialisation/" in body(one, "plain")), None)

    return eventually(last, limit=30, what=f"a reset link for {person.email}")


def choose_password(page: Page, password: str) -> None:
    """Fill « Réinitialisation du mot de passe »."""
    for label in ("Mot de passe *", "Confirmation mot de passe *"):
        page.get_by_label(label, exact=True).fill(password)
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_text("Votre mot de passe est modifié.")).to_be_visible()


def complete(page: Page) -> None:
    """Fill « Ouverture de délégation »."""
    for label in ("Mot de passe *", "Confirmation mot de passe *"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    page.get_by_label("Nom *", exact=True).fill("Patron")
    page.get_by_label("Prénom *", exact=True).fill("Paul")
    page.get_by_role("button", name="Valider").click()


def send_file(system: System, sender: Person, file: Path) -> str:
    """Send a message with a file to the caisse; the link of its mail."""
    file.write_bytes(PDF + file.stem[-1].encode())
    sender.in_space("contact")
    page = sender.page
    page.get_by_label("Objet*").fill(f"Envoi {file.stem}")
    page.get_by_label("Message*").fill("Bonjour")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label(re.compile("En cochant cette case, je donne mon consentement")).check()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", name="Message envoyé")).to_be_visible()  # once the file has gone up
    found = re.search(r"C-\d{4}-\d+", page.get_by_role("main").inner_text())
    assert found

    def link() -> str:
        texts = [body(one, "plain") for one in system.emails() if found.group(0) in str(one["Subject"])]
        return next((m.group(0) for text in texts if (m := re.search(r"https?://\S+/lien/dossier/\S+", text))), "")

    return str(eventually(link, limit=30, what="the caisse's mail"))
