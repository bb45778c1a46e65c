"""« Alertes DSN de tous mes sites »: totals, groups, filter, file, empty states, its service away or older."""

import csv
import io
import sys
from typing import Any

import pytest

from tests.gateway.board_examples import CARE, alert, board
from tests.gateway.examples import OTHER_ADHERENT, SITE, SITE_3, SITES, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal, words

PAGE, ASKED = "/choix/alertes", "GET /alerts"


def answer(services: FakeServices, items: list[dict[str, Any]], **said: Any) -> None:
    """Let these be the alerts of the person."""
    services.answers[ASKED] = lambda query: (200, board(items, query, **said))


def file(portal: Portal, query: str = "") -> list[list[str]]:
    """The rows of the file."""
    told = portal.client.get(f"{PAGE}.csv{query}", base_url=BASE)
    assert told.status_code == 200 and told.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(told.data.decode("utf-8-sig")), delimiter=";"))


def test_the_totals_are_said_in_words_above_the_list(portal: Portal) -> None:
    page = portal.get(PAGE)
    total = words(page.one("p", class_="compte"))
    said = (
        "2 sites à traiter · Anomalie dans le traitement / Déclaration manquante : 2 · Une déclaration à rectifier : 1"
    )
    assert total.replace("\u00a0", " ").replace("\u202f", " ") == said


def test_the_lines_of_an_adherent_stand_under_its_name_and_lead_to_their_month(portal: Portal) -> None:
    page = portal.get(PAGE)
    heads = [words(head) for head in page.all("th", scope="rowgroup")]
    assert [one.partition(" Identifiant")[0] for one in heads] == [
        SITES[0]["raison_sociale"],
        SITES[2]["raison_sociale"],
    ]
    assert [len(list(body.iter("tr"))) for body in page.all("tbody")] == [3, 2]
    links = [(e.get("href"), e.get("aria-label")) for head in page.all("th", scope="row") for e in head.iter("a")]
    assert links == [
        (f"{SPACE}/suivi-dsn/2026-08", "DSN Août 2026, ENTREPRISE DURAND, Siège Lyon"),
        (f"{SPACE}/suivi-dsn/2026-10", "DSN Octobre 2026, ENTREPRISE DURAND, Siège Lyon"),
        (
            f"/espace/{OTHER_ADHERENT}/{SITE_3}/suivi-dsn/2026-10",
            "DSN Octobre 2026, CHARPENTES DU RHÔNE ET DE L'ISÈRE, Atelier",
        ),
    ]


def test_a_line_says_since_when_what_is_new_and_that_somebody_takes_care(
    portal: Portal, services: FakeServices
) -> None:
    rows = [words(row) for row in portal.get(PAGE).all("tr")]
    assert "17/11/2026" in rows[2] and "Nouvelle" not in rows[2] and rows[2].endswith("–")
    assert "Une autre personne s'en occupe depuis le 23/11/2026" in rows[3]
    assert "Nouvelle" in rows[5]
    answer(services, [alert(SITES[0], "2026-10", correction={**CARE, "mine": True})])
    assert "Vous vous en occupez" in portal.get(PAGE).text


def test_the_choice_leads_there_at_no_cost_while_alerts_are_known(portal: Portal, services: FakeServices) -> None:
    page = portal.get("/choix")
    assert PAGE in page.links() and not services.called(ASKED)
    services.away.add("dsn")
    assert PAGE not in portal.get("/choix").links()


def test_the_way_back_to_the_choice_keeps_the_space_it_was_opened_from(portal: Portal) -> None:
    assert f"{PAGE}?espace={SITE}" in portal.get(f"/choix?espace={SITE}").links()
    page = portal.get(f"{PAGE}?espace={SITE}")
    assert f"/choix?espace={SITE}" in page.links() and page.field("espace") == SITE
    assert not page.all("nav", class_="menu"), "it is of no company"


def test_filter_and_page_are_the_service_s(portal: Portal, services: FakeServices) -> None:
    page = portal.get(f"{PAGE}?type=B&page=2&taille=50")
    assert [one.query for one in services.called(ASKED)] == [{"page": "2", "page_size": "50", "kind": "B"}]
    assert [e.get("value") for e in page.all("option") if e.get("selected") is not None] == ["B", None]
    assert f"{PAGE}.csv?type=B" in portal.get(f"{PAGE}?type=B").links()


@pytest.mark.parametrize("query", ["type=C", "type=", "page=-1", "taille=100000", "tri=nom", "espace=x"])
def test_aa48_a_strange_query_falls_back(portal: Portal, services: FakeServices, query: str) -> None:
    portal.get(f"{PAGE}?{query}")
    assert services.called(ASKED)[0].query == {"page": "1", "page_size": "25"}


def test_nothing_waits_is_said(portal: Portal, services: FakeServices) -> None:
    answer(services, [])
    page = portal.get(PAGE)
    assert "Aucune alerte DSN n'attend d'action de votre part." in page.text and "0 site à traiter" in page.text
    assert not page.all("table") and f"{PAGE}.csv" not in page.links()
    answer(services, [alert(SITES[0], "2026-10")])
    assert "Aucune alerte de ce type" in portal.get(f"{PAGE}?type=B").text
    assert f"{PAGE}?page=1" in portal.get(f"{PAGE}?page=9").links()


def test_the_file_holds_every_page_for_a_french_spreadsheet(portal: Portal, services: FakeServices) -> None:
    lines = [alert(SITES[0], "2026-10") for _ in range(1201)]
    lines[0] = alert({**SITES[0], "raison_sociale": "=1+1", "nom": "+33"}, "2026-08", new=True, correction=CARE)
    answer(services, lines)
    header, first, *others = file(portal)
    assert header[:3] == ["Raison sociale", "Identifiant CIBTP", "SIRET"] and len(header) == len(first) == 10
    assert first[0] == "'=1+1" and first[3] == "'+33" and first[4] == "DSN Août 2026"
    assert first[7:] == ["17/11/2026 12:00", "Oui", "Par une autre personne"]
    assert len(others) == 1200 and others[0][8:] == ["Non", ""]
    assert [one.query["page"] for one in services.called(ASKED)] == ["1", "2", "3"]


def test_the_file_is_of_the_kind_that_is_chosen(portal: Portal, services: FakeServices) -> None:
    assert [row[5] for row in file(portal, "?type=B")[1:]] == ["Une déclaration à rectifier"]
    assert len(file(portal, "?type=C")) == 4


def test_a_file_that_is_too_long_says_so(portal: Portal, services: FakeServices, monkeypatch: Any) -> None:
    monkeypatch.setattr(sys.modules["gateway.pages.alertes"], "MOST", 1000)
    answer(services, [alert(SITES[0], "2026-10") for _ in range(1201)])
    rows = file(portal)
    assert len(rows) == 1002 and rows[-1][0].startswith("Ce fichier contient les 20")


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}.csv"])
def test_while_dsn_is_away_the_usual_sentence(portal: Portal, services: FakeServices, path: str) -> None:
    services.away.add("dsn")
    page = portal.get(path, 503)
    assert "Service momentanément indisponible. Réessayez dans quelques instants." in page.text


def test_a_dsn_of_the_version_before_has_no_such_list(portal: Portal, services: FakeServices) -> None:
    services.breaks(ASKED, 404, {"code": "introuvable", "status": 404, "title": "", "detail": ""})
    page = portal.get(PAGE)
    assert "Cette liste n'est pas encore disponible." in page.text and "/choix?alertes=1" in page.links()
    assert portal.get(f"{PAGE}.csv", 302).location == PAGE
