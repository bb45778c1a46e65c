"""The proof of a mandate, walked: who administers issues it, anybody verifies it by its number and the SIREN, and reads
that it ended once it did."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.companies import a_company
from tests.journeys.stories import Someone, a_colleague, a_founder, await_access
from tests.journeys.systems import System

NUMBER = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


def test_an_attestation_is_issued_verified_by_a_stranger_and_ended(system: System, someone: Someone) -> None:
    company = a_company()
    founder = a_founder(system, someone, company)
    colleague, stranger = a_colleague(founder, someone, "luc"), someone("tiers@example.com").page
    await_access(system, colleague.email, company)
    page = founder.page
    founder.on_line_of(colleague.email, "Visualisation")
    page.get_by_role("link", name="Attestation", exact=True).click()
    page.get_by_role("button", name="Émettre l'attestation").click()
    expect(page.get_by_text("L'attestation est émise.")).to_be_visible()
    number = NUMBER.search(page.get_by_role("main").inner_text())
    assert number
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger en PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")

    verify(stranger, system, number.group(), company.siren)
    expect(stranger.get_by_role("status")).to_contain_text("Valide")
    for own in (company.raison_sociale, colleague.email, "Robin"):  # the answer, and nothing of whom
        expect(stranger.get_by_role("main")).not_to_contain_text(own)
    verify(stranger, system, number.group(), a_company().siren)
    expect(stranger.get_by_role("status")).to_contain_text("Inconnue")

    colleague.log_in()
    colleague.open("/mon-compte/delegations")
    colleague.page.get_by_role("link", name=re.compile("^Attestation de ma délégation")).click()
    expect(colleague.page.get_by_role("main")).to_contain_text(number.group())

    founder.on_line_of(colleague.email, "Fermeture")
    page.get_by_role("button", name="Fermer la délégation").click()
    expect(page.get_by_role("heading", name="Liste des bénéficiaires de délégation")).to_be_visible()
    verify(stranger, system, number.group(), company.siren)
    expect(stranger.get_by_role("status")).to_contain_text("Terminée")


def verify(page: Page, system: System, number: str, siren: str) -> None:
    """Fill « Vérifier une attestation », as whoever was handed the document."""
    page.goto(f"{system.url}/attestation")
    page.get_by_label("Numéro de l'attestation").fill(number)
    page.get_by_label("SIREN de l'entreprise").fill(siren)
    page.get_by_role("button", name="Vérifier").click()
