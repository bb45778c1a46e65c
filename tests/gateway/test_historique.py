"""« Historique » of a delegation, who opened it, « À revoir »: what the API serves, a page tells (D18, C10, K10)."""

import csv
import io
from typing import Any

import pytest

from contracts.words.journal import LABELS, Act
from gateway.kit import labels
from tests.gateway.examples import ACTIVE, ADHERENT, DELEGATIONS, PEOPLE, SPACE, line, page, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.journal_examples import HISTORY, about
from tests.gateway.portal import BASE, Portal, words

LIST = f"{SPACE}/droits"
ONE = f"{LIST}/{ACTIVE}"
WHOLE = f"{LIST}/historique"
ASKED = f"GET /adherents/{ADHERENT}/journal"
NEXT = "01930000-0000-7000-8000-0000000000ab"
OF = f"/adherents/{ADHERENT}/delegations"
WHY = "la personne qui avait accordé ces droits n'est plus administrateur de l'entreprise"


def test_the_history_says_who_what_on_whose_behalf_when_in_paris_before_and_after(portal: Portal) -> None:
    shown = portal.get(f"{ONE}/historique")
    told = [words(one) for one in shown.all("li") if one.find("div") is not None]
    assert told == [
        "le 02/07/2026 à 00 h 30 Ouverture – Paul Durand, pour l'entreprise"
        " Date d'effet : 02/07/2026 Collèges : Ouvriers",
        "le 02/07/2026 à 11 h 00 Acceptation par le bénéficiaire – Anne Lefèvre, pour le cabinet comptable",
        "le 02/11/2026 à 10 h 00 Remplacement par la caisse – Caisse (crm) Motif : Départ",
        "le 20/11/2026 à 10 h 00 Modification – Luc <b>Petit</b>, pour le cabinet comptable"
        " Date de fin : 31/12/2027 (avant : aucune)",
    ]
    assert "Historique de la délégation de Anne Lefèvre" in shown.text
    assert "Bénéficiaire : lefèvre@example.com, pour ENTREPRISE DURAND." in shown.text


def test_the_history_is_reached_from_the_delegation_which_says_who_opened_it(
    portal: Portal, services: FakeServices
) -> None:
    confirmed = {**PEOPLE[1], "completed_at": "2019-04-15T10:00:00+00:00", "confirmed_at": "2019-04-16T07:30:00+00:00"}
    services.answers[f"GET {OF}/{ACTIVE}"] = (200, confirmed)
    shown = portal.get(ONE)
    assert f"{ONE}/historique" in shown.links()
    assert (
        "Ouverte le 15/04/2019 à 11 h 00 par la caisse. Acceptée par le bénéficiaire le 15/04/2019 à 12 h 00."
        " Confirmée le 16/04/2019 à 09 h 30." in shown.text
    )


def test_only_administrators_and_only_whom_the_service_lets_read_it(portal: Portal, services: FakeServices) -> None:
    services.refuse(f"GET {OF}/{ACTIVE}", 404, "introuvable", "")
    services.refuse(f"GET {OF}/{ACTIVE}/journal", 404, "introuvable", "")
    portal.get(f"{ONE}/historique", 404)
    asked = len(services.called(f"GET {OF}/{ACTIVE}/journal"))
    services.answers[f"GET /sites/{SPACE.rpartition('/')[2]}"] = (200, tier(administrator=False))
    portal.get(f"{ONE}/historique", 403)
    assert len(services.called(f"GET {OF}/{ACTIVE}/journal")) == asked


def test_what_waits_for_a_review_is_marked_and_the_list_says_why_and_what_to_do(
    portal: Portal, services: FakeServices
) -> None:
    assert WHY not in portal.get(LIST).text and WHY not in portal.get(ONE).text
    marked = {**PEOPLE[1], "a_revoir": True}
    services.answers[f"GET {OF}"] = (200, page([line(PEOPLE[0]), line(marked)], 5))
    services.answers[f"GET {OF}/{ACTIVE}"] = (200, marked)
    shown = portal.get(LIST)
    rows = [words(row) for row in shown.all("tr") if "À revoir" in words(row)]
    assert len(rows) == 1 and "Lefèvre Anne" in rows[0]
    for told in (shown, portal.get(ONE)):
        assert WHY in told.text and "validez-les de nouveau avec « Modifier »" in told.text


def test_the_list_may_be_narrowed_to_what_waits_for_a_review(portal: Portal, services: FakeServices) -> None:
    shown = portal.get(f"{LIST}?filtre=1&a_revoir=1")
    assert services.called(f"GET {OF}")[0].query["a_revoir"] == "true"
    assert shown.one("input", name="a_revoir").get("checked") is not None and WHY in shown.text


@pytest.mark.parametrize("act", Act)
def test_every_act_of_the_journal_has_its_words(portal: Portal, services: FakeServices, act: Act) -> None:
    services.answers[f"GET {OF}/{DELEGATIONS[0]}/journal"] = (200, {"items": [{**HISTORY[0], "act": str(act)}]})
    told = portal.get(f"{LIST}/{DELEGATIONS[0]}/historique").text
    assert labels.act(act) == LABELS[act] and LABELS[act] in told and str(act) not in told


def test_no_two_acts_are_called_alike() -> None:
    assert set(LABELS) == set(Act) and len(set(LABELS.values())) == len(Act)


def test_an_act_that_came_after_this_page_is_shown_all_the_same(portal: Portal, services: FakeServices) -> None:
    later = {**HISTORY[0], "act": "mise_en_pause", "on_behalf_of": "caisse"}
    services.answers[f"GET {OF}/{ACTIVE}/journal"] = (200, {"items": [later]})
    assert "Mise en pause – Paul Durand Date d'effet" in portal.get(f"{ONE}/historique").text


def test_the_history_of_the_adherent_is_reached_from_the_list_and_says_for_whom(
    portal: Portal, services: FakeServices
) -> None:
    assert WHOLE in portal.get(LIST).links()
    shown = portal.get(WHOLE)
    assert services.called(ASKED)[0].query == {"page_size": "25"}
    rows = [words(row) for row in shown.all("tr") if row.find("td") is not None]
    assert rows[0].startswith(
        "le 20/11/2026 à 10 h 00 Modification Luc <b>Petit</b>, pour le cabinet comptable Anne Lefèvre Date de fin"
    )
    assert rows[1].endswith("Motif : Départ") and rows[2].endswith("–")
    assert f"{LIST}/{ACTIVE}" in shown.links() and "Plus anciens" not in shown.text


def test_its_filters_are_in_the_address_of_its_pages_and_of_its_file(portal: Portal, services: FakeServices) -> None:
    services.answers[ASKED] = (200, {"items": [about(HISTORY[0], PEOPLE[1])], "next": NEXT})
    typed = "personne=Lef%C3%A8vre&acte=ouverture&du=01/11/2026&au=2/11/2026"
    shown = portal.get(f"{WHOLE}?{typed}&avant={NEXT}")
    asked = {"personne": "Lefèvre", "acte": "ouverture", "du": "2026-11-01", "au": "2026-11-02"}
    assert services.called(ASKED)[0].query == {**asked, "page_size": "25", "avant": NEXT}
    kept = "acte=ouverture&du=01/11/2026&au=2/11/2026"
    for link in (f"{WHOLE}?", f"{WHOLE}.csv?", f"&avant={NEXT}"):
        assert [one for one in shown.links() if link in one and kept in one and "personne=Lef" in one], link
    assert [one.text for one in shown.all("option") if one.get("selected") is not None] == ["Ouverture"]


@pytest.mark.parametrize("odd", ["acte=rien", "avant=3", "page=2", "adherent_id=x"])
def test_what_is_not_asked_there_changes_nothing(portal: Portal, services: FakeServices, odd: str) -> None:
    portal.get(f"{WHOLE}?{odd}")
    assert services.called(ASKED)[0].query == {"page_size": "25"}


def test_a_day_that_does_not_exist_is_said_and_shows_no_line(portal: Portal, services: FakeServices) -> None:
    assert "Cette date n'existe pas." in portal.get(f"{WHOLE}?du=31/02/2026", 422).text
    assert not services.called(ASKED)
    services.refuse(ASKED, 422, "invalide", "", ("du", "Date invalide."))
    assert "Date invalide." in portal.get(f"{WHOLE}?du=01/01/1900", 422).text


def test_nothing_found_is_said(portal: Portal, services: FakeServices) -> None:
    services.answers[ASKED] = (200, {"items": [], "next": None})
    assert "Rien ne correspond à ces critères." in portal.get(f"{WHOLE}?personne=x").text


def rows_of(portal: Portal, address: str) -> list[list[str]]:
    """The file at `address`, row by row, without its head."""
    answer = portal.client.get(address, base_url=BASE)
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    header, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert header[:3] == ["Date (heure de Paris)", "Acte", "Auteur"]
    return rows


def test_the_file_holds_every_line_and_no_cell_that_is_computed(portal: Portal, services: FakeServices) -> None:
    evil = {**HISTORY[3], "author": "=cmd|'/C calc'!A0", "reason": "+33"}
    pages = {"": ([HISTORY[0]], NEXT), NEXT: ([evil, HISTORY[1]], None)}

    def answer(query: dict[str, str]) -> tuple[int, Any]:
        items, then = pages[query.get("avant", "")]
        return 200, {"items": [about(one, PEOPLE[1]) for one in items], "next": then}

    services.answers[ASKED] = answer
    first, second, third = rows_of(portal, f"{WHOLE}.csv?acte=ouverture")
    assert [one.query["acte"] for one in services.called(ASKED)] == ["ouverture", "ouverture"]
    assert first == [
        *("02/07/2026 00:30", "Ouverture", "Paul Durand", "l'entreprise", "Anne Lefèvre", "lefèvre@example.com"),
        *("Date d'effet : 02/07/2026 ; Collèges : Ouvriers", ""),
    ]
    assert (second[2], second[6], second[7]) == (
        "'=cmd|'/C calc'!A0",
        "Date de fin : 31/12/2027 (avant : aucune)",
        "'+33",
    )
    assert third[1] == "Acceptation par le bénéficiaire"


def test_a_file_that_would_be_endless_says_where_it_stops(portal: Portal, services: FakeServices) -> None:
    services.answers[ASKED] = (200, {"items": [about(HISTORY[1], PEOPLE[1])] * 500, "next": NEXT})
    rows = rows_of(portal, f"{WHOLE}.csv")
    assert len(rows) == 10_001 and rows[-1] == [
        "Ce fichier contient les 10 000 lignes les plus récentes. Choisissez une période pour lire les précédentes."
    ]


def test_the_file_of_a_day_that_is_none_holds_no_line(portal: Portal, services: FakeServices) -> None:
    assert rows_of(portal, f"{WHOLE}.csv?du=hier") == [] and not services.called(ASKED)


def test_only_administrators_read_the_history_and_its_file(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SPACE.rpartition('/')[2]}"] = (200, tier(administrator=False))
    portal.get(WHOLE, 403)
    assert portal.client.get(f"{WHOLE}.csv", base_url=BASE).status_code == 403
    assert not services.called(ASKED)
