"""« Choix de l'adhérent et du site déclarant », home page, Suivi DSN (G58–G67, T2, T3, AA23, C7)."""

from typing import Any
from uuid import uuid4

import pytest

from tests.gateway.alert_examples import NO_ALERTS
from tests.gateway.examples import OTHER_ADHERENT, SITE, SITE_3, SITES, SPACE, page, refusal, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, words


def test_g58_g63_the_list_in_the_guide_s_words(portal: Portal) -> None:
    shown = portal.get("/choix")
    for text in (
        "Connexion à votre espace CIBTP",
        "Choix de l'adhérent et du site déclarant",
        "Veuillez sélectionner une ligne dans la liste ci-dessous puis cliquer sur le bouton Valider",
        "732 829 320 00074",
    ):
        assert text in shown.text
    heads = [words(cell) for cell in shown.all("th", scope="col")]
    assert heads[1:] == ["Raison sociale", "SIRET", "Nom du site déclarant", "Identifiant", "Alertes DSN"]
    assert [words(b) for b in shown.one("form", id="choix").iter("button")][-2:] == ["Annuler", "Valider"]


def test_t2_t3_the_bell_has_the_number_and_opens_the_messages_newest_first(portal: Portal) -> None:
    shown = portal.get("/choix")
    bell, other = shown.all("a", data_bulle="liste")
    assert bell.get("aria-label") == "2 alertes DSN, ENTREPRISE DURAND – Siège Lyon"
    assert words(bell) == "2" and bell.get("href") == f"{SPACE}/suivi-dsn"
    assert str(other.get("aria-label")).startswith("1 alerte DSN,")


def test_the_list_says_which_alerts_are_new_to_this_person(portal: Portal) -> None:
    shown = portal.get("/choix")
    named = [str(bell.get("aria-label")) for bell in shown.all("a", data_bulle="liste")]
    assert [name.endswith("(1 nouvelle)") for name in named] == [False, True]


def test_a_dsn_that_does_not_say_what_is_new_shows_the_list(portal: Portal, services: FakeServices) -> None:
    """The version before."""
    lines = [{name: value for name, value in one.items() if name != "news"} for one in SITES]
    services.breaks("GET /sites", 200, page(lines))
    assert "nouvelle" not in str([bell.get("aria-label") for bell in portal.get("/choix").all("a", data_bulle="liste")])


def test_g58_one_single_site_is_entered_without_the_screen(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /sites"] = (200, page(SITES[:1]))
    assert portal.get("/choix", 302).location == f"{SPACE}/"


def test_nobody_delegated_yet(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /sites"] = (200, page([]))
    empty, searched = portal.get("/choix"), portal.get("/choix?recherche=zzz")
    assert "Aucun adhérent ne vous ouvre actuellement de droits d'accès." in empty.text
    assert not empty.all("form", id="filtres"), "there is nothing to search in"
    assert "Aucun site ne correspond." in searched.text and searched.one("form", id="filtres") is not None


def test_the_empty_screen_says_what_comes_and_on_which_day(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /sites"] = (200, page([]))
    company = {"raison_sociale": "ENTREPRISE DURAND", "identifiant": "0412345", "starts_on": "2026-12-01"}
    items = [{**company, "statut": "À venir"}, {**company, "statut": "En attente"}]
    services.answers["GET /awaited"] = (200, {"items": items})
    text = " ".join(portal.get("/choix").text.split())
    assert "ENTREPRISE DURAND (identifiant CIBTP 0412345) : accès à partir du 01/12/2026." in text
    assert "en attente de la confirmation de l'administrateur, pour un accès à partir du 01/12/2026." in text
    assert services.called("GET /awaited") and "Vos délégations à venir" not in portal.get("/choix?recherche=zzz").text


def test_the_empty_screen_holds_where_delegation_cannot_say_what_comes(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /sites"] = (200, page([]))
    services.away.add("delegation")
    assert "Aucun adhérent ne vous ouvre actuellement de droits d'accès." in portal.get("/choix").text


def test_search_sort_and_page_are_the_service_s(portal: Portal, services: FakeServices) -> None:
    portal.get("/choix?recherche=durand&alertes=1&tri=-siret&page=2&taille=50")
    asked = services.called("GET /sites")[0].query
    window = {"sort": "-siret", "page": "2", "page_size": "50"}
    assert asked == {"search": "durand", "alertes": "1", "messages": "false", **window}


@pytest.mark.parametrize("query", ["tri=nom;drop", "page=-1", "page=x", "taille=100000", "page=99999999999999999999"])
def test_aa48_a_strange_query_falls_back(portal: Portal, services: FakeServices, query: str) -> None:
    portal.get(f"/choix?{query}")
    assert services.called("GET /sites")[0].query["sort"] == "alertes"
    assert int(services.called("GET /sites")[0].query["page_size"]) <= 100


def test_the_choice_works_without_dsn_and_says_alerts_are_unavailable(portal: Portal, services: FakeServices) -> None:
    services.away.add("dsn")
    shown = portal.get("/choix")
    assert "Les alertes DSN sont momentanément indisponibles." in shown.text
    assert len(shown.all("input", type="radio")) == 3
    assert [c.query["sort"] for c in services.called("GET /sites") if c.service == "delegation"] == ["raison_sociale"]


def test_c7_choosing_rotates_the_session_and_enters_the_site(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SITE_3}"] = (200, {**tier(), "site_id": SITE_3, "adherent_id": OTHER_ADHERENT})
    answer = portal.post("/choix", site=SITE_3)
    assert answer.location == f"/espace/{OTHER_ADHERENT}/{SITE_3}/"
    assert services.called("POST /sessions/rotate")[0].json == {"session": "session-en-cours"}
    assert "session-tournee" in str(answer.response.headers)


def test_an_identity_of_the_version_before_that_knows_no_key_is_asked_without(
    portal: Portal, services: FakeServices
) -> None:
    def of_before(call: str) -> Any:
        answer, refused = services.answers[call], refusal(422, "invalide", "", ("act", "Champ inattendu."))
        return lambda _: refused if "act" in services.calls[-1].json else answer

    for call in ("POST /sessions/token", "POST /sessions/rotate"):
        services.answers[call] = of_before(call)
    assert "session-tournee" in str(portal.post("/choix", site=SITE, cle=str(uuid4())).response.headers)


@pytest.mark.parametrize("site", [SITE_3, "n'importe quoi"])
def test_aa23_a_site_not_delegated_is_404_and_the_session_unchanged(
    portal: Portal, services: FakeServices, site: str
) -> None:
    portal.post("/choix", status=404, site=site)
    assert services.called("POST /sessions/rotate") == []


def test_valider_without_a_line_says_what_to_do(portal: Portal) -> None:
    assert "Sélectionnez une ligne dans la liste" in portal.post("/choix", status=422).text


def test_g64_g66_the_home_page(portal: Portal) -> None:
    shown = portal.get(f"{SPACE}/")
    assert "Bienvenue sur votre espace sécurisé !" in shown.text
    assert "Bienvenue Paul Durand / ENTREPRISE DURAND" in shown.text
    assert shown.one("a", data_bulle="accueil").get("href") == f"{SPACE}/suivi-dsn"


@pytest.mark.parametrize("path", [f"{SPACE}/", f"{SPACE}/droits", f"{SPACE}/contact", f"/mon-compte?espace={SITE}"])
def test_g64_the_bell_is_in_the_top_bar_of_every_page_of_a_space(
    portal: Portal, services: FakeServices, path: str
) -> None:
    top = portal.get(path).one("header", class_="entete")
    assert [e.get("data-bulle") for e in top.iter("a") if e.get("data-bulle")] == ["accueil"]
    assert len(services.called(f"GET /sites/{SITE}/alerts")) == 1


def test_g65_the_alerts_are_asked_once_for_the_page_and_its_bell(portal: Portal, services: FakeServices) -> None:
    portal.get(f"{SPACE}/suivi-dsn")
    asked = [len(services.called(f"GET /sites/{SITE}/{what}")) for what in ("suivi", "alerts")]
    assert asked == [1, 0]


def test_g67_changer_de_tiers_only_with_several_sites(portal: Portal, services: FakeServices) -> None:
    assert "Changer de tiers" in portal.get(f"{SPACE}/").text
    services.answers[f"GET /sites/{SITE}"] = (200, {**tier(), "has_others": False})
    assert "Changer de tiers" not in portal.get(f"{SPACE}/").text


def test_the_home_page_holds_without_dsn(portal: Portal, services: FakeServices) -> None:
    services.away.add("dsn")
    assert "Alertes DSN indisponibles" in portal.get(f"{SPACE}/").text
    services.forget()
    services.answers[f"GET /sites/{SITE}/alerts"] = (200, NO_ALERTS)
    assert "Aucune alerte DSN" in portal.get(f"{SPACE}/").text


def test_aa25_what_the_rights_do_not_open_is_absent_and_refused(portal: Portal, services: FakeServices) -> None:
    limited = tier(administrator=False)
    limited["access"]["rights"] = {"mes_documents": "consultation"}
    services.answers[f"GET /sites/{SITE}"] = (200, limited)
    links = portal.get(f"{SPACE}/").links()
    assert not {f"{SPACE}/droits", f"{SPACE}/suivi-dsn"} & links
    for path in ("droits", "droits/nouvelle", "suivi-dsn"):
        assert "Vous n'avez pas accès à cette fonctionnalité." in portal.get(f"{SPACE}/{path}", 403).text


def test_no_dead_entry_in_menu_and_tiles(portal: Portal) -> None:
    for link in portal.get(f"{SPACE}/").links():
        if link.startswith("/") and link != "/":
            portal.get(link.partition("#")[0])


def test_two_tabs_never_cross_the_adherent_of_the_address_is_checked(portal: Portal) -> None:
    portal.get(f"/espace/{OTHER_ADHERENT}/{SITE}/", 404)


def test_g65_suivi_dsn_shows_month_state_and_action(portal: Portal, services: FakeServices) -> None:
    shown = portal.get(f"{SPACE}/suivi-dsn?annee=2026")
    assert services.called(f"GET /sites/{SITE}/suivi")[0].query == {"year": "2026", "alerts": "true"}
    for text in ("DSN Octobre 2026", "Déclaration manquante", "16/11/2026", "10/09/2026", "Acceptée"):
        assert text in shown.text
