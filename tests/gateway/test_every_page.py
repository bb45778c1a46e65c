"""Every page is valid, says who may enter, and holds without its services (habits 11, 16, 17)."""

import pytest
from flask import Flask

from gateway.app import build
from gateway.kit import links
from gateway.settings import Settings
from tests.gateway.examples import ACTIVE, ADHERENT, DELEGATIONS, MESSAGE, PENDING, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal
from tests.gateway.profile_examples import PROFILE

PUBLIC = [
    "/connexion",
    "/mot-de-passe-oublie",
    "/mot-de-passe-oublie/envoye",
    "/ouverture-de-delegation/terminee/beneficiaire",
    "/identifiant/demande",
    "/aide",
    "/mentions-legales",
    "/protection-des-donnees",
    "/cgu",
    "/accessibilite",
    "/aide/droits",
    "/questions-reponses",
    "/nouveautes",
    "/contacter",
    "/attestation",
    f"/lien/preferences/{'A' * 44}",
]
LINKS = ("invitation", "reinitialisation", "identifiant", "annulation", "certification", "dossier")
SIGNED_IN = [
    "/choix",
    "/choix/alertes",
    "/mon-compte",
    "/mon-compte/identifiant",
    "/mon-compte/mot-de-passe",
    "/mon-compte/contact",
    "/mon-compte/mobile",
    "/mon-compte/mobile/saisie",
    "/mon-compte/delegations",
    f"/mon-compte/delegations/{ACTIVE}",
    f"/mon-compte/delegations/{ACTIVE}/attestation",
    f"/mon-compte/delegations/{ACTIVE}/renoncer",
    f"/mon-compte/delegations/{ACTIVE}/prolonger",
    f"/delegations/{ACTIVE}/prolongation",
    f"/coordonnees-bancaires/{ADHERENT}",
    f"/coordonnees-bancaires/{ADHERENT}/code",
    "/mon-compte/sessions",
    "/mon-compte/activite",
    "/mon-compte/messages",
    f"/mon-compte/messages/{MESSAGE}",
    f"/mon-compte/messages/{MESSAGE}/consentement",
    "/mon-compte/preferences",
    f"/delegations/{PENDING}/confirmation",
]
OF_A_SITE = [
    f"{SPACE}/",
    f"{SPACE}/suivi-dsn",
    f"{SPACE}/suivi-dsn/2026-10",
    f"{SPACE}/contact",
    f"{SPACE}/contact/recu/{MESSAGE}",
    f"{SPACE}/documents-recents",
    f"{SPACE}/droits",
    f"{SPACE}/droits/nouvelle",
    f"{SPACE}/droits/cabinet",
    f"{SPACE}/droits/historique",
    f"{SPACE}/droits/qui-pouvait",
    f"{SPACE}/droits/revue",
    f"{SPACE}/droits/profils",
    f"{SPACE}/droits/profils/{PROFILE}",
    f"{SPACE}/droits/{ACTIVE}",
    f"{SPACE}/droits/{ACTIVE}/attestation",
    f"{SPACE}/droits/{ACTIVE}/fermer",
    f"{SPACE}/droits/{ACTIVE}/suspendre",
    f"{SPACE}/droits/{ACTIVE}/reprendre",
    f"{SPACE}/droits/{ACTIVE}/historique",
    f"{SPACE}/droits/{ACTIVE}/modifier",
    f"{SPACE}/droits/{DELEGATIONS[4]}",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_open_to_anybody(visitor: Portal, path: str) -> None:
    assert visitor.get(path).one("h1") is not None


@pytest.mark.parametrize("purpose", LINKS)
def test_the_page_of_a_link_opens_to_whoever_has_the_link(visitor: Portal, purpose: str) -> None:
    assert visitor.get(visitor.follow(purpose)).one("h1") is not None


@pytest.mark.parametrize("path", SIGNED_IN + OF_A_SITE)
def test_pages_open_to_a_signed_in_administrator(portal: Portal, path: str) -> None:
    assert portal.get(path).all("button")


@pytest.mark.parametrize("path", SIGNED_IN + OF_A_SITE)
def test_aa20_pages_without_session_lead_to_login_and_back(visitor: Portal, path: str) -> None:
    assert visitor.get(path, 302).location.startswith("/connexion?suite=")


@pytest.mark.parametrize("path", OF_A_SITE)
def test_aa23_a_site_that_is_not_mine_is_not_found(portal: Portal, services: FakeServices, path: str) -> None:
    services.refuse(f"GET /sites/{SPACE.rsplit('/', 1)[1]}", 404, "introuvable", "Page ou élément introuvable.")
    assert "Page ou élément introuvable." in portal.get(path, 404).text


@pytest.mark.parametrize("away", ["identity", "delegation"])
@pytest.mark.parametrize("path", [*SIGNED_IN[:2], *OF_A_SITE])
def test_a_service_that_is_away_is_a_503_with_m15_or_a_page(
    portal: Portal, services: FakeServices, path: str, away: str
) -> None:
    services.away.add(away)
    shown = portal.client.get(path, base_url="https://espace.example.com")
    assert shown.status_code in (200, 503)
    if shown.status_code == 503:
        assert "Service momentanément indisponible. Réessayez dans quelques instants." in shown.text
        assert shown.headers["Retry-After"]


def pages_app() -> Flask:
    return build(Settings.of(secret_key="x" * 40), transports=FakeServices().transports())


def test_every_route_says_who_may_enter() -> None:
    app = pages_app()
    silent = [name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "who")]
    assert silent == []


def test_no_get_route_changes_anything() -> None:
    for rule in pages_app().url_map.iter_rules():
        assert not ({"GET", "POST"} <= (rule.methods or set())), rule


def test_every_page_is_in_a_test() -> None:
    app = pages_app()
    adapter = app.url_map.bind("espace.example.com")
    opened = {adapter.match(path)[0] for path in PUBLIC + SIGNED_IN + OF_A_SITE}
    elsewhere = {
        "static",
        "style",
        "scripts",
        "icons",
        "connexion.start",
        "lien.follow",
        "nouvelle.restart",
        "nouvelle.first",
        "nouvelle.second",
        "dossier.download",
        "attestation_delegation.pdf",
        "attestation_mandat.pdf",
        "suivi_bulle.page",
        "suivi_dsn.export",
        "alertes.export",
        "droits.export",
        "historique.export",
        "service.page",
        "coordonnees_bancaires.look",
    }
    gets = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    assert gets - opened - set(links.PAGES.values()) == elsewhere
