"""In Chromium: no accessibility fault, overflow or console error; the modules; every step without JavaScript."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.gateway import examples, invitation_examples
from tests.gateway.browser import faults, out, served
from tests.gateway.examples import ADHERENT, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.pages_looked_at import OF_A_VISITOR, PAGES
from tests.gateway.tables import WHOLE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gateway-browser")]
# Chromium's own notes of what a test wants refused, or cut.
STATUS = "the server responded with a status of"
REFUSED = (*(f"{STATUS} {status}" for status in (401, 403, 404, 409, 422)), "net::ERR_FAILED")
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(built: tuple[Flask, FakeServices]) -> Iterator[str]:
    with served(built[0]) as url:
        yield url


@pytest.fixture
def someone(browser: Browser, address: str, services: FakeServices) -> Iterator[Open]:
    """Open a browser window, logged in; nothing may be said in its console."""
    said: list[str] = []

    def log_in(**options: Any) -> Page:
        page = browser.new_context(**{"base_url": address, "locale": "fr-FR", **options}).new_page()
        page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: said.append(str(e)))
        page.goto("/connexion")
        page.get_by_label("Adresse électronique").fill("durand@example.com")
        page.get_by_label("Mot de passe", exact=True).fill("Chantier-26")
        page.get_by_role("button", name="Connexion").click()
        expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()
        return page

    yield log_in
    assert [words for words in said if not any(one in words for one in REFUSED)] == []


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light")], ids=["wide", "dark", "narrow"]
)
@pytest.mark.parametrize("part", range(3))
def test_no_accessibility_fault_and_no_overflow(someone: Open, width: int, scheme: Any, part: int) -> None:
    page = someone(viewport={"width": width, "height": 800}, color_scheme=scheme)
    wrong = []
    for path in (*PAGES[part::3], "leave", *OF_A_VISITOR[part::3]):
        if path == "leave":
            page.context.clear_cookies(name="__Host-session")
            continue
        page.goto(path)
        wrong += [f"{path} {fault}" for fault in faults(page)]
        wrong += [f"{path} {one}" for one in out(page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [1280, 320], ids=["wide", "narrow"])
def test_what_waits_to_be_accepted_and_the_page_of_its_link(
    someone: Open, services: FakeServices, width: int, tmp_path: Path
) -> None:
    page = someone(viewport={"width": width, "height": 800})
    services.answers["GET /account/invitations"] = (200, examples.page(invitation_examples.OFFERS))
    for by, email in (("", ""), ("connexion", "autre@example.com"), ("lien", "autre@example.com")):
        if by:
            page.context.clear_cookies(name="__Host-session")
        invitation = {**invitation_examples.INVITATION, "email": email, "accepts_by": by}
        services.answers["POST /invitations/lookup"] = (200, invitation)
        page.goto("/lien/invitation/x" if by else "/choix")
        assert faults(page) == []
        assert out(page) == []
        page.screenshot(path=tmp_path / f"{width}-{by or 'choix'}.png", full_page=True)


def test_the_host_cookie_lives_on_127_0_0_1(someone: Open) -> None:
    page = someone()
    (cookie,) = [c for c in page.context.cookies() if c["name"] == "__Host-session"]
    assert cookie["httpOnly"] and cookie["secure"] and cookie["sameSite"] == "Lax"


def test_g56_the_eye_shows_the_password_and_hides_it_again_on_submit(someone: Open) -> None:
    page = someone()
    page.goto("/mon-compte/mot-de-passe")
    field = page.get_by_label("Nouveau mot de passe *", exact=True)
    field.fill("Chantier-26")
    eye = page.get_by_role("button", name="Afficher la saisie : Nouveau mot de passe")
    eye.click()
    expect(field).to_have_attribute("type", "text")
    expect(eye).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".regles .tenue")).to_have_count(5)


def test_g49_the_list_counts_the_sets_speaks_after_a_pause_and_shows_what_the_server_refused(
    someone: Open, services: FakeServices
) -> None:
    page = someone()
    page.goto("/mon-compte/mot-de-passe")
    field, spoken = page.get_by_label("Nouveau mot de passe *", exact=True), page.locator("[data-regles-dit]")
    page.evaluate(
        "window.said = []; const spoken = document.querySelector('[data-regles-dit]');"
        "new MutationObserver(() => said.push(spoken.textContent)).observe(spoken, {childList: true, subtree: true})"
    )
    field.press_sequentially("Chantier")
    expect(page.locator("[data-combien]")).to_have_text("2 jeux de caractères sur 3 nécessaires")
    expect(spoken).to_have_text("8 caractères minimum : respecté. 2 jeux de caractères sur 3 nécessaires.")
    assert page.evaluate("said.length") == 1  # not on each key
    said = "Ce mot de passe est trop courant ou trop facile à deviner."
    services.refuse("PUT /account/password", 422, "mot_de_passe_trop_courant", said, ("mot_de_passe", said))
    for label in ("Mot de passe actuel *", "Nouveau mot de passe *", "Confirmation mot de passe *"):
        page.get_by_label(label, exact=True).fill("Azerty123!")
    page.get_by_role("button", name="Valider").click()
    expect(page.locator(".refusee")).to_contain_text("Le mot de passe envoyé est trop courant")
    assert faults(page) == []
    page.get_by_label("Nouveau mot de passe *", exact=True).fill("g")
    expect(page.locator(".refusee")).to_have_count(0)
    expect(page.locator("#mot_de_passe-erreur")).to_have_count(0)


def test_g61_a_line_is_chosen_by_a_press_anywhere_and_by_the_keyboard(someone: Open) -> None:
    page = someone()
    page.goto("/choix")
    page.get_by_text("404 833 048 00022").click(force=True)  # the label covers the line
    expect(page.get_by_label("CHARPENTES DU RHÔNE ET DE L'ISÈRE, Atelier")).to_be_checked()
    page.get_by_label("ENTREPRISE DURAND, Siège Lyon").check()
    page.get_by_label("ENTREPRISE DURAND, Siège Lyon").press("Enter")
    expect(page.get_by_role("heading", name="Bienvenue sur votre espace sécurisé !")).to_be_visible()


def test_an_empty_list_looks_again_by_itself_until_the_rights_have_come(someone: Open, services: FakeServices) -> None:
    there = services.answers["GET /sites"]
    services.answers["GET /sites"] = (200, examples.page([]))
    page = someone()
    page.goto("/choix")
    expect(page.get_by_text("Aucun adhérent ne vous ouvre actuellement de droits d'accès.")).to_be_visible()
    services.answers["GET /sites"] = there
    expect(page.get_by_label("ENTREPRISE DURAND, Siège Lyon")).to_be_visible(timeout=15_000)


def test_filtering_pushes_the_address_and_keeps_the_focus(someone: Open, services: FakeServices) -> None:
    page = someone()
    page.goto(f"{SPACE}/droits")
    page.get_by_label("Filtrer par nom et prénom").press_sequentially("mart")
    page.wait_for_url("**/droits?*nom=mart*")
    expect(page.get_by_label("Filtrer par nom et prénom")).to_be_focused()
    assert services.called(f"GET /adherents/{ADHERENT}/delegations")[-1].query["nom"] == "mart"
    page.get_by_label("Exclure les utilisateurs inactifs").uncheck()
    page.wait_for_url(lambda url: "exclure_inactifs" not in url)


def test_g29_g32_the_matrix_locks_gives_back_and_sets_columns(someone: Open) -> None:
    page = someone()
    page.goto(f"{SPACE}/droits/cabinet")
    page.get_by_role("button", name="Suivant").click()
    page.get_by_role("radio", name="Mes documents : Mise à jour").check()
    page.get_by_label("Cadres").uncheck()
    page.get_by_label("Administrateur", exact=True).check()
    bank = page.get_by_role("radio", name="Mes comptes bancaires : Mise à jour")
    expect(bank).to_be_checked()
    expect(bank).to_be_disabled()
    page.get_by_label("Administrateur", exact=True).uncheck()
    expect(page.get_by_role("radio", name="Mes documents : Mise à jour")).to_be_checked()
    expect(page.get_by_label("Cadres")).not_to_be_checked()
    page.get_by_role("button", name="En consultation").click()
    expect(page.get_by_text("11 fonctions en consultation, 0 fonction en mise à jour")).to_be_visible()


def test_g37_g38_a_closed_group_opens_by_its_name_and_by_a_right(someone: Open, services: FakeServices) -> None:
    services.answers["GET /catalogue"] = (200, WHOLE)
    page = someone()
    page.goto(f"{SPACE}/droits/cabinet")
    page.get_by_role("button", name="Suivant").click()
    holidays = page.get_by_role("radio", name="Mes demandes de congés : Consultation")
    expect(holidays).to_be_hidden()
    page.get_by_role("button", name="Mes salariés").click()
    expect(holidays).to_be_visible()
    page.get_by_role("button", name="En consultation").click()
    expect(page.get_by_role("radio", name="Mes déclarations d'arrêt : Consultation")).to_be_checked()
    expect(page.get_by_role("button", name="Chômage intempéries")).to_have_attribute("aria-expanded", "true")


def test_g77_certifier_appears_with_a_mobile_number(someone: Open) -> None:
    page = someone()
    page.goto("/mon-compte/contact")
    certify = page.get_by_role("button", name="Certifier")
    for no_mobile in ("", "04 72 00 00 01"):
        page.get_by_label("Téléphone mobile").fill(no_mobile)
        expect(certify).to_be_hidden()
    page.get_by_label("Téléphone mobile").fill("06 39 98 00 01")
    expect(certify).to_be_visible()
    certify.click()
    expect(page.get_by_role("heading", name="Certification du numéro de téléphone")).to_be_visible()
    expect(page.get_by_role("button", name="Renvoyer un code")).to_be_disabled()


def test_g77_certifier_is_hidden_while_the_number_is_the_certified_one(someone: Open, services: FakeServices) -> None:
    known = {**examples.ACCOUNT, "mobile_certified_at": "2026-11-01T09:00:00+00:00"}
    services.answers["GET /account"] = (200, known)
    page = someone()
    page.goto("/mon-compte/contact")
    certify, number = page.get_by_role("button", name="Certifier"), page.get_by_label("Téléphone mobile")
    expect(certify).to_be_hidden()
    for typed, offered in (("06 39 98 00 02", True), ("+33 6 39 98 00 01", False), ("0033639980002", True)):
        number.fill(typed)
        expect(certify).to_be_visible(visible=offered)
    number.fill("06.39.98.00.01")
    expect(certify).to_be_hidden()
    expect(page.get_by_text("certifié", exact=True)).to_be_visible()


def test_without_javascript_a_delegation_is_opened_from_choice_to_valider(
    someone: Open, services: FakeServices
) -> None:
    page = someone(java_script_enabled=False)
    page.goto("/choix")
    page.get_by_role("link", name="2 alertes DSN, ENTREPRISE DURAND – Siège Lyon").click()
    expect(page.get_by_role("heading", name="Alertes en cours")).to_be_visible()
    expect(page.get_by_role("button", name="Afficher les alertes DSN")).to_be_hidden()
    page.goto("/choix")
    page.get_by_label("ENTREPRISE DURAND, Siège Lyon").check()
    page.get_by_role("button", name="Valider").click()
    page.get_by_role("link", name="Gérer les droits d'accès").first.click()
    page.get_by_label("Filtrer par role").select_option("Utilisateur")
    page.get_by_role("button", name="Filtrer").click()
    page.get_by_role("link", name="Déléguer à mon cabinet comptable").click()
    page.get_by_role("button", name="Suivant").click()
    page.get_by_role("button", name="En consultation").click()
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_text("La délégation est enregistrée.")).to_be_visible()
    sent = services.called(f"POST /adherents/{ADHERENT}/delegations")[0].json
    assert set(sent["rights"].values()) == {"consultation"}


@pytest.mark.parametrize("javascript", [True, False])
def test_c8_the_password_is_asked_in_the_matrix_s_own_form(
    someone: Open, services: FakeServices, javascript: bool
) -> None:
    page, call = someone(java_script_enabled=javascript), f"POST /adherents/{ADHERENT}/delegations"
    opened, sentence = services.answers[call], "Pour votre sécurité, saisissez de nouveau votre mot de passe."
    services.refuse(call, 403, "reauthentification_requise", sentence)
    page.goto(f"{SPACE}/droits/cabinet")
    page.get_by_role("button", name="Suivant").click()
    page.get_by_label("Administrateur").check()
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(page.get_by_role("radio", name="Mes documents : Mise à jour")).to_be_disabled()
    assert not javascript or faults(page) == []
    services.answers[call] = opened
    page.get_by_label("Mot de passe *", exact=True).fill("Chantier-26")
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_text("La délégation est enregistrée.")).to_be_visible()
    assert services.called(call)[1].json["administrator"] is True


def test_g61_on_a_phone_the_choice_never_covers_the_name(someone: Open) -> None:
    page = someone(viewport={"width": 320, "height": 800})
    page.goto("/choix")
    row = page.locator("tbody tr").first
    row.locator("th").evaluate("cell => { cell.textContent = 'MAÇONNERIE '.repeat(4); }")
    name, choice = row.locator("th"), row.locator("input")
    ends = name.evaluate("cell => cell.getBoundingClientRect().right - parseFloat(getComputedStyle(cell).paddingRight)")
    assert ends <= choice.evaluate("radio => radio.getBoundingClientRect().left")
