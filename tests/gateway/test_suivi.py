"""« Suivi DSN »: the list, its file, a month explained, and the way to the caisse from there (G65, G80, AA23, AA25)."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from gateway.kit.csv_out import cell
from tests.gateway.alert_examples import BELL, COLLEAGUE
from tests.gateway.examples import ADHERENT, SITE, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import BASE, Portal, words
from tests.gateway.tables import AHEAD, EXPLAINED, MONTHS, point

LIST, MONTH = f"{SPACE}/suivi-dsn", f"{SPACE}/suivi-dsn/2026-10"
ASKED = f"GET /sites/{SITE}/suivi"


def test_the_list_says_what_is_due_next_and_what_waits(portal: Portal) -> None:
    page = portal.get(LIST)
    for text in (
        "DSN Novembre 2026, avant le 15/12/2026 à 12 h 00",
        "DSN Octobre 2026, échéance le 15/12/2026",
        "2 déclarations affichées, 1 déclaration à traiter",
        "Une action de votre part est attendue",
        "Une déclaration qui a une alerte reste affichée",
    ):
        assert text in page.text
    assert {MONTH, f"{SPACE}/contact?periode=2026-10"} <= page.links()


@pytest.mark.parametrize("path", [LIST, MONTH])
def test_a_page_of_the_establishment_says_that_it_is_of_all_its_colleges(portal: Portal, path: str) -> None:
    assert "celui de l'établissement entier, tous collèges confondus" in words(portal.get(path).one("main"))


def test_filter_and_sort_are_in_the_address_and_asked_of_the_service(portal: Portal, services: FakeServices) -> None:
    page = portal.get(f"{LIST}?annee=2026&a_traiter=1&tri=-effectif")
    asked = {"year": "2026", "todo": "true", "sort": "-effectif", "alerts": "true"}
    assert services.called(ASKED)[0].query == asked
    assert page.one("th", class_="col-effectif").get("aria-sort") == "descending"
    assert f"{LIST}.csv?annee=2026&a_traiter=1&tri=-effectif" in page.links()


@pytest.mark.parametrize("odd", ["adherent_id=x", "periode=2026-10", "tri=siret", "tri=periode&page=3"])
def test_what_is_not_asked_here_changes_nothing(portal: Portal, odd: str) -> None:
    assert portal.get(f"{LIST}?{odd}").one("table") is not None


def test_nothing_to_do_is_said(portal: Portal, services: FakeServices) -> None:
    services.answers[ASKED] = (200, {"items": [], "years": [2026], **AHEAD, "to_do": 0, "alerts": None})
    assert "Aucune déclaration n'est à traiter." in portal.get(f"{LIST}?a_traiter=1").text


def test_a_dsn_of_the_version_before_is_shown(portal: Portal, services: FakeServices) -> None:
    """It knows neither what is due next nor what waits."""
    services.breaks(ASKED, 200, {"items": MONTHS, "years": [2026]})
    assert "DSN Octobre 2026" in portal.get(LIST).text


def test_the_file_holds_the_same_months_for_a_french_spreadsheet(portal: Portal, services: FakeServices) -> None:
    answer = portal.client.get(f"{LIST}.csv?annee=2026&tri=periode", base_url=BASE)
    assert services.called(ASKED)[0].query == {"year": "2026", "sort": "periode"}
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="suivi-dsn-73282932000074-2026-')
    assert answer.data.startswith(b"\xef\xbb\xbf") and answer.mimetype == "text/csv"
    header, first, second = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert header[:4] == ["Période", "Statut", "Échéance", "Reçue le"] and len(header) == len(first) == 11
    assert first[:3] == ["DSN Octobre 2026", "Déclaration manquante", "16/11/2026 12:00"]
    assert second[3:8] == ["10/09/2026 09:00", "Non", "Normale", "12", "0"] and second[10] == "25/09/2026"


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@A1", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "\x00=1"])
def test_a_cell_that_would_be_computed_is_text(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (-3, "-3"),
        (True, "Oui"),
        (date(2026, 11, 5), "05/11/2026"),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "02/07/2026 00:30"),
        ("L'étang ; « 3 »", "L'étang ; « 3 »"),
    ],
)
def test_a_cell_is_written_as_french_people_read_it(value: object, written: str) -> None:
    assert cell(value) == written  # type: ignore[arg-type]


def test_the_file_of_a_year_that_is_none_holds_no_month(portal: Portal) -> None:
    answer = portal.client.get(f"{LIST}.csv?annee=abcd", base_url=BASE)
    assert len(answer.text.splitlines()) == 1


def test_a_month_is_explained(portal: Portal, services: FakeServices) -> None:
    page = portal.get(MONTH)
    for text in (
        "Le délai de réception est passé et aucune déclaration n'est en place. (règle R4)",
        "déposez la DSN Octobre 2026 sans attendre",
        "À faire avant le 15/12/2026 à 12 h 00.",
        "Rien de ce qui a été reçu ne compte pour ce mois.",
        "C'est un envoi d'essai : il ne vaut pas déclaration.",
        "Alerte ouverte : Anomalie dans le traitement",
        "le 24/11/2026 à 12 h 00",
    ):
        assert text.replace(" :", "\u00a0:") in page.text or text in page.text, text
    assert f"{SPACE}/contact?periode=2026-10" in page.links()


def with_colleagues(services: FakeServices) -> None:
    """October was refused in detail; a colleague took care of it, then the person herself, then another one."""
    answer = point("REPONSE", "2026-11-26T11:00:00+00:00", "Réponse de CIBTP : partiellement prise en compte", True)
    worst = {"code": "E0101", "severity": "BLOQUANT", "rubric": "S21.G00.40.022", "rubric_label": "Code caisse"}
    other = {"code": "CCH-11", "severity": "ANOMALIE", "rubric": None, "rubric_label": None, "count": 1}
    answer |= {"returns": [{**worst, "count": 3}, other], "more_returns": 7}
    turns = [
        {**point("ALERTE", f"2026-11-2{7 + at}T09:00:00+00:00", title), "by": by, "mine": mine}
        for at, (title, by, mine) in enumerate(
            [("Alerte prise en charge", COLLEAGUE, False), ("Alerte prise en charge", ADHERENT, True)]
        )
    ]
    care = {**(BELL["items"][1]["correction"]), "by": COLLEAGUE}
    alive = [{**BELL["items"][1], "correction": care}]
    for one in alive:
        one.pop("new")
    services.answers[f"{ASKED}/2026-10"] = (200, {**EXPLAINED, "alerts": alive, "timeline": [answer, *turns]})


def test_a_month_says_what_the_caisse_found_and_who_takes_care_of_it(portal: Portal, services: FakeServices) -> None:
    with_colleagues(services)
    page = portal.get(MONTH)
    told = words(page.one("section", aria_labelledby="situation")).replace("\u00a0", " ").replace("’", "'")
    assert "Claire Martin s'en occupe depuis le 23/11/2026 à 10 h 00" in told
    rows = [[words(cell) for cell in row] for row in page.one("tbody").iter("tr")]
    assert rows == [["E0101", "Bloquant", "Code caisse S21.G00.40.022", "3"], ["CCH-11", "Anomalie", "–", "1"]]
    line = words(page.one("section", aria_labelledby="chronologie")).replace("\u00a0", " ")
    for text in ("9 retours de la caisse", "Et 7 autres retours", "Par Claire Martin", "Par vous"):
        assert text in line, text


def test_whoever_did_what_all_are_named_by_one_question(portal: Portal, services: FakeServices) -> None:
    with_colleagues(services)
    others = [f"01930000-0000-7000-8000-00000000{number:04x}" for number in range(40)]
    turns = [{**point("ALERTE", "2026-11-27T09:00:00+00:00", "Alerte prise en charge"), "by": by} for by in others]
    services.answers[f"{ASKED}/2026-10"] = (200, {**EXPLAINED, "timeline": [{**one, "mine": False} for one in turns]})
    portal.get(MONTH)
    (asked,) = services.called(f"GET /adherents/{ADHERENT}/people")
    assert asked.query == {"ids": ",".join(others[:30])}


def test_who_did_it_may_be_unknown(portal: Portal, services: FakeServices) -> None:
    with_colleagues(services)
    services.refuse(f"GET /adherents/{ADHERENT}/people", 503, "service_indisponible", "")
    assert "Par une autre personne qui suit ce site" in portal.get(MONTH).text


@pytest.mark.parametrize("period", ["2026-13", "2026", "..", "2026-10-01", "٢٠٢٦-10", "abc"])
def test_a_month_that_is_none_is_not_found(portal: Portal, services: FakeServices, period: str) -> None:
    portal.get(f"{LIST}/{period}", 404)
    assert not [call for call in services.calls if "suivi" in str(call)]


def test_aa25_without_the_right_neither_the_month_nor_the_file(portal: Portal, services: FakeServices) -> None:
    from tests.gateway.examples import tier

    known = tier(administrator=False)
    known["access"]["rights"] = {"mes_documents": "mise_a_jour"}
    services.answers[f"GET /sites/{SITE}"] = (200, known)
    portal.get(MONTH, 403)
    assert portal.client.get(f"{LIST}.csv", base_url=BASE).status_code == 403


def test_the_message_to_the_caisse_has_the_month_as_its_object(portal: Portal) -> None:
    assert portal.get(f"{SPACE}/contact?periode=2026-10").field("objet") == "DSN Octobre 2026"


@pytest.mark.parametrize("period", ["", "2026-13", "Gagnez un bon d'achat", "<b>2026-10</b>"])
def test_nobody_writes_another_object_through_the_address(portal: Portal, period: str) -> None:
    assert portal.get(f"{SPACE}/contact?periode={period}").field("objet") == ""
