"""Chapter « Ouverture de compte »: delegate, complete, confirm (G5–G54, T1, AA9)."""

from playwright.sync_api import expect

from tests.journeys.companies import a_company, a_firm, import_companies
from tests.journeys.stories import DEMAND, INVITATION, Someone, a_delegated_firm, a_founder, await_access
from tests.journeys.systems import System

M1 = "Adresse électronique ou mot de passe incorrect."


def test_the_founding_administrator_completes_his_account_and_enters_without_confirmation(
    system: System, someone: Someone
) -> None:
    company = a_company()
    founder = a_founder(system, someone, company)
    expect(founder.page.locator("header")).to_contain_text(company.raison_sociale)
    assert len(founder.mails(INVITATION)) == 1
    assert founder.mails(DEMAND) == []  # nobody has to confirm him


def test_g9_g23_the_list_of_beneficiaries_and_the_known_firm(system: System, someone: Someone) -> None:
    company = a_company()
    founder = a_founder(system, someone, company)
    founder.in_space("droits")
    page = founder.page
    expect(page.get_by_role("heading", name="Liste des bénéficiaires de délégation")).to_be_visible()
    expect(page.get_by_text(f"Identifiant CIBTP {company.identifiant}")).to_be_visible()
    expect(page.get_by_text("Utilisateurs 1 bénéficiaire")).to_be_visible()
    for column in ("Role", "Nom et prénom", "Statut", "Date d'effet", "Date de fin", "Courriel", "Actions"):
        expect(page.get_by_role("columnheader", name=column).first).to_be_visible()
    expect(page.get_by_text(f"Cabinet Comptable délégable : {company.firm.nom}")).to_be_visible()
    expect(page.get_by_text("Vous n'avez défini aucune délégation à votre cabinet comptable.")).to_be_visible()
    expect(page.get_by_role("link", name="Ajouter une délégation")).to_be_visible()


def test_a_firm_is_invited_completes_is_confirmed_and_enters(system: System, someone: Someone) -> None:
    """All or part of one's rights, to the firm's address, which a mail reaches (G6); let in once confirmed (G52)."""
    company = a_company()
    founder = a_founder(system, someone, company)
    founder.delegate_to_firm(
        company, **{"Mes déclarations nominatives": "Mise à jour", "Ma situation de compte": "Consultation"}
    )
    expect(founder.page.get_by_role("row").filter(has_text=company.firm.email)).to_contain_text("En attente")

    firm = someone(company.firm.email)
    invitation = firm.mail(INVITATION)
    assert invitation["Subject"] == "Mon espace CIBTP : Compléter les informations de mon espace sécurisé"
    scanner = someone("scanner@example.com")
    for _ in range(3):  # AA9: a mail scanner opens the link, nothing happens
        scanner.open(firm.link(invitation))
        expect(scanner.page.get_by_role("heading", name="Ouverture de délégation")).to_be_visible()
    firm.complete_account("Martin", "Claire")
    expect(firm.page.get_by_text("Merci d'avoir finalisé l'ouverture de la délégation.")).to_be_visible()
    expect(
        firm.page.get_by_text("Votre compte sera définitivement actif une fois que l'administrateur")
    ).to_be_visible()

    demand = founder.mail(DEMAND)
    firm.try_to_log_in()  # G52: not before the company has confirmed
    expect(firm.page.get_by_text(M1).first).to_be_visible()

    founder.open(founder.link(demand))
    shown = founder.page.locator("main")
    for text in ("Claire", company.firm.email, "Mes déclarations nominatives", "Mise à jour", "Ma situation de compte"):
        expect(shown).to_contain_text(text)
    assert firm.mails("est confirmée") == []  # the page shows, it does not act
    founder.confirm(demand)
    firm.mail("est confirmée")
    await_access(system, firm.email, company)
    firm.log_in()
    expect(firm.page.get_by_role("heading", name="Bienvenue sur votre espace sécurisé !")).to_be_visible()


def test_the_administrator_may_refuse(system: System, someone: Someone) -> None:
    company = a_company()
    founder = a_founder(system, someone, company)
    founder.delegate_to_firm(company)
    firm = someone(company.firm.email)
    firm.complete_account("Martin", "Claire")
    founder.confirm(founder.mail(DEMAND), "Refuser")
    firm.mail("n'a pas été confirmée")
    firm.try_to_log_in()
    expect(firm.page.get_by_text(M1).first).to_be_visible()


def test_t1_a_second_company_delegates_to_the_same_account_without_a_form(system: System, someone: Someone) -> None:
    """Chapter « Associer un nouveau site déclarant à mon espace », which has a title and no text (G3)."""
    firm = a_firm()
    first, second = a_company(firm), a_company(firm)
    accountant, _ = a_delegated_firm(system, someone, first, second)
    assert len(accountant.mails(INVITATION)) == 1
    accountant.log_in()
    for company in (first, second):
        expect(accountant.page.get_by_role("row").filter(has_text=company.raison_sociale)).to_have_count(1)


def test_a_used_link_is_dead_and_says_so(system: System, someone: Someone) -> None:
    company = a_company()
    import_companies(system, company)
    founder = someone(company.administrateur)
    mail = founder.mail(INVITATION)
    founder.complete_account("Patron", "Paul", mail)
    founder.open(founder.link(mail))
    expect(founder.page.get_by_text("Ce lien n'est plus valable. Vous pouvez en demander un nouveau.")).to_be_visible()
