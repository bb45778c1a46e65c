"""The bubble of a bell is asked for when it is opened: no page carries it (G63, G64)."""

import gzip
import json
from uuid import uuid4

import pytest

from tests.gateway import examples
from tests.gateway.alert_examples import BELL, BUBBLE, NO_ALERTS
from tests.gateway.examples import SITE, SITES, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal, words
from tests.gateway.test_menu import limited

PAGE = f"{SPACE}/suivi-dsn/bulle"
ALERTS = f"GET /sites/{SITE}/alerts"
SCRIPT = {"Accept": "application/problem+json"}
LIGHT, HEAVY = 60_000, 130_000  # bytes of a page of 100 lines: compressed, and as it is sent


def lines(portal: Portal, view: str) -> list[str]:
    """The lines of a bubble."""
    return [words(one) for one in portal.part(f"{PAGE}/{view}").iter("span") if one.get("class") == "ligne-alerte"]


def test_a_line_of_the_choice_says_its_alerts_newest_first_with_what_is_new(portal: Portal) -> None:
    first, second = lines(portal, "liste")
    said = "DSN Octobre-2026: Anomalie dans le traitement / Déclaration manquante Nouvelle"
    assert first.startswith(said) and first.endswith("Une action de votre part est attendue")
    assert second.startswith("DSN Septembre-2026:") and "Nouvelle" not in second


def test_the_home_page_says_them_oldest_first(portal: Portal) -> None:
    first, second = lines(portal, "accueil")
    assert first == "DSN Août 2026: Une déclaration à rectifier. Une action de votre part est attendue Nouvelle"
    assert second.startswith("DSN Octobre 2026:") and "Nouvelle" not in second


@pytest.mark.parametrize("view", ["liste", "accueil"])
def test_it_says_five_and_where_the_others_are(portal: Portal, services: FakeServices, view: str) -> None:
    messages = {"liste": BUBBLE, "accueil": BELL["messages"]}[view] * 17
    services.answers[ALERTS] = (200, {**BELL, "count": 34, "messages": messages, "items": BELL["items"] * 17})
    found = portal.part(f"{PAGE}/{view}")
    assert lines(portal, view)[5:] == ["… et 29 autres, voir le Suivi DSN"]
    assert [one.get("href") for one in found.iter("a")] == [f"{SPACE}/suivi-dsn"]


def test_it_asks_nothing_that_only_a_page_needs(portal: Portal, services: FakeServices) -> None:
    portal.part(f"{PAGE}/accueil")
    assert sorted(call.service for call in services.calls) == ["delegation", "dsn", "identity"]


def test_an_alert_that_went_meanwhile_is_not_there(portal: Portal, services: FakeServices) -> None:
    services.answers[ALERTS] = (200, NO_ALERTS)
    assert lines(portal, "accueil") == ["Aucune alerte DSN"]


def test_as_a_page_it_is_suivi_dsn(portal: Portal) -> None:
    assert portal.get(f"{PAGE}/liste", 302).location == f"{SPACE}/suivi-dsn"
    portal.get(f"{PAGE}/autre", 404)


def told(portal: Portal, status: int) -> str:
    """The sentence that a script is refused with."""
    answer = portal.client.get(f"{PAGE}/liste", base_url=BASE, headers=SCRIPT)
    assert (answer.status_code, answer.mimetype) == (status, SCRIPT["Accept"])
    return str(json.loads(answer.data)["message"])


def test_who_may_not_see_it_is_told_so(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SITE}"] = (200, limited(mes_documents="consultation"))
    assert told(portal, 403) == "Vous n'avez pas accès à cette fonctionnalité."
    services.refuse(f"GET /sites/{SITE}", 404, "introuvable", "Page ou élément introuvable.")
    assert told(portal, 404) == "Page ou élément introuvable."


def test_without_a_session_and_without_dsn_it_says_so_in_words(
    portal: Portal, visitor: Portal, services: FakeServices
) -> None:
    services.away.add("dsn")
    assert told(portal, 503) == "Service momentanément indisponible. Réessayez dans quelques instants."
    visitor.client.delete_cookie("__Host-session", domain="espace.example.com")
    assert "session" in told(visitor, 401)


@pytest.mark.parametrize("path", ["/choix", f"{SPACE}/droits"])
def test_a_page_asks_for_the_numbers_alone_also_of_the_version_before(
    portal: Portal, services: FakeServices, path: str
) -> None:
    call = "GET /sites" if path == "/choix" else ALERTS
    portal.get(path)
    (asked,) = services.called(call)
    assert asked.query["messages"] == "false"
    there, refused = services.answers[call], examples.refusal(422, "invalide", "", ("messages", "Champ inattendu."))
    told = there if callable(there) else lambda _: there
    services.answers[call] = lambda query: refused if "messages" in query else told(query)
    assert portal.get(path).all("a", class_="cloche")


def test_a_page_of_a_hundred_lines_is_light(portal: Portal, services: FakeServices) -> None:
    """With long names, the most messages that a bubble ever had, all of them new."""
    messages = [{**BUBBLE[0]}] * 34
    many = {"alert_count": 34, "news": 34, "messages": messages}
    company = "ENTREPRISE GÉNÉRALE DE MAÇONNERIE DURAND ET FILS"
    named = {"raison_sociale": company, "nom": "Établissement de Villeurbanne"}
    sites = [{**SITES[0], **many, **named, "site_id": str(uuid4()), "adherent_id": str(uuid4())} for _ in range(100)]
    services.answers["GET /sites"] = (200, examples.page(sites, 100))
    sent = portal.get("/choix?taille=100").response.data
    assert len(gzip.compress(sent)) < LIGHT and len(sent) < HEAVY, (len(gzip.compress(sent)), len(sent))
    assert b"Octobre-2026" not in sent
