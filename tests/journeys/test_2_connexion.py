"""Chapter « Connexion à l'espace sécurisé »: login, forgotten password, choice of adhérent and site with its
alerts (G55–G67)."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.companies import a_company, a_firm, period
from tests.journeys.people import Person
from tests.journeys.stories import Someone, a_delegated_firm, a_founder
from tests.journeys.systems import System

MOIS = "Janvier Février Mars Avril Mai Juin Juillet Août Septembre Octobre Novembre Décembre".split()
MISSING = "Anomalie dans le traitement / Déclaration manquante"
ACTION = "Une action de votre part est attendue"


def named(period_: str) -> tuple[str, str]:
    """« AAAA-MM » as (month, year)."""
    year, month = period_.split("-")
    return MOIS[int(month) - 1], year


def test_g56_a_wrong_password_is_refused_without_a_hint(system: System, someone: Someone) -> None:
    company = a_company()
    founder = a_founder(system, someone, company)
    founder.log_out()
    founder.try_to_log_in("Mauvais-mot-2026")
    expect(founder.page.get_by_text("Adresse électronique ou mot de passe incorrect.").first).to_be_visible()


def test_g57_a_forgotten_password_is_chosen_anew_by_mail(system: System, someone: Someone) -> None:
    company = a_company()
    founder = a_founder(system, someone, company)
    founder.log_out()
    page = founder.page
    page.get_by_role("link", name="Mot de passe oublié ?").click()
    page.get_by_label("Adresse électronique").fill(founder.email)
    page.get_by_role("button", name="Valider").click()
    expect(
        page.get_by_text("Si un compte correspond à cette adresse, un courriel vient d'être envoyé.")
    ).to_be_visible()
    founder.open(founder.link(founder.mail("mot de passe")))
    page.get_by_label("Mot de passe *", exact=True).fill("Nouveau-Chantier-27")
    page.get_by_label("Confirmation mot de passe *", exact=True).fill("Nouveau-Chantier-27")
    page.get_by_role("button", name="Valider").click()
    expect(page).to_have_url(re.compile("/connexion"))
    founder.log_in("Nouveau-Chantier-27")


def test_g58_g67_the_choice_of_a_site_its_alerts_and_the_way_back(
    system: System, someone: Someone, picture: Callable[[Page, str], None]
) -> None:
    firm = a_firm()
    late = a_company(firm, Siège=period(3))
    calm = a_company(firm)
    accountant, _ = a_delegated_firm(system, someone, late, calm)
    accountant.log_in()
    page = accountant.page
    expect(page.get_by_role("heading", name="Connexion à votre espace CIBTP")).to_be_visible()
    expect(page.get_by_text("Choix de l'adhérent et du site déclarant").first).to_be_visible()
    expect(
        page.get_by_text("Veuillez sélectionner une ligne dans la liste ci-dessous puis cliquer sur le bouton Valider")
    ).to_be_visible()
    for column in ("Raison sociale", "SIRET", "Nom du site déclarant", "Identifiant", "Alertes DSN"):
        expect(page.get_by_role("columnheader", name=column).first).to_be_visible()

    bubble(accountant, late.raison_sociale)
    month, year = named(period(3))
    expect(page.get_by_text(f"DSN {month}-{year}: {MISSING}").first).to_be_visible()
    expect(page.get_by_text(ACTION).first).to_be_visible()
    picture(page, "choix")
    expect(page.get_by_role("row").filter(has_text=calm.raison_sociale).get_by_role("button")).to_have_count(0)

    accountant.choose(late)
    expect(page.locator("header")).to_contain_text("Bienvenue")
    page.get_by_role("link", name=re.compile("alertes? DSN, Suivi DSN")).hover()
    expect(page.get_by_role("note").get_by_text(f"DSN {month} {year}: {MISSING}. {ACTION}")).to_be_visible()
    page.get_by_role("link", name=re.compile("alertes? DSN, Suivi DSN")).click()
    expect(page.get_by_role("heading", name="Suivi DSN")).to_be_visible()
    page.get_by_role("link", name="Changer de tiers").click()
    accountant.choose(calm)
    expect(page.get_by_text("Aucune alerte DSN")).to_be_visible()


def test_one_single_site_is_entered_without_the_choice_screen(system: System, someone: Someone) -> None:
    company = a_company()
    founder = a_founder(system, someone, company)
    expect(founder.page).to_have_url(re.compile(r"/espace/"))


def test_two_tabs_on_two_companies_never_cross(system: System, someone: Someone) -> None:
    firm = a_firm()
    first, second = a_company(firm), a_company(firm)
    accountant, _ = a_delegated_firm(system, someone, first, second)
    accountant.log_in()
    accountant.choose(first)
    one = accountant.page
    accountant.page = one.context.new_page()
    accountant.open("/choix")
    accountant.choose(second)
    one.reload()
    expect(one.locator("header")).to_contain_text(first.raison_sociale)
    expect(accountant.page.locator("header")).to_contain_text(second.raison_sociale)


def test_a_site_of_others_is_not_there(system: System, someone: Someone) -> None:
    mine, other = a_company(), a_company()
    founder = a_founder(system, someone, mine)
    stranger = a_founder(system, someone, other)
    answer = founder.page.request.get(stranger.page.url)
    assert answer.status == 404


def bubble(person: Person, company: str) -> None:
    """Point at the bell of a line (G63)."""
    person.page.get_by_role("row").filter(has_text=company).get_by_role("button").first.hover()
