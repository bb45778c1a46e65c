"""« Liste des bénéficiaires »: pages counted from a line, the same lines as a file, the firm and where it stands."""

import csv
import io
from typing import Any

import pytest

from tests.gateway.examples import ADHERENT, DELEGATIONS, PEOPLE, SITE, SPACE, line, page, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, words

LIST = f"{SPACE}/droits"
OF = f"/adherents/{ADHERENT}/delegations"
FIRST, LAST = DELEGATIONS[0], DELEGATIONS[4]


def of_many(services: FakeServices, number: int) -> None:
    """The service says that this is page `number` of 200 lines."""
    services.answers[f"GET {OF}"] = (200, {**page([line(one) for one in PEOPLE], 5), "page": number, "total": 200})


def test_g14_g20_a_line_has_its_days_and_what_waits_no_name(portal: Portal) -> None:
    rows = [row for row in portal.get(LIST).all("tr") if row.find("th[@scope='row']") is not None]
    shown = [[words(cell) for cell in row] for row in rows]
    anne, claire, nobody = shown[1], shown[3], shown[4]
    assert (anne[3], anne[4]) == ("16/04/2019", "31/12/2027")
    assert (claire[1], claire[4]) == ("Martin Claire", "")  # no end: nothing stands there
    assert nobody[1] == nobody[5] == "cabinet@example.com"
    assert [link.get("title") for link in rows[4].iter("a")] == ["Visualisation", "Fermeture"]


def test_a_link_to_a_page_says_the_line_to_count_from(portal: Portal, services: FakeServices) -> None:
    of_many(services, 7)
    links = {
        e.get("aria-label"): (e.get("href") or "").partition("#")[0]
        for e in portal.get(f"{LIST}?page=7&nom=a").all("a")
    }
    assert links["Page suivante"].endswith(f"?page=8&nom=a&apres={LAST}&repere=7")
    assert links["Page précédente"].endswith(f"?page=6&nom=a&avant={FIRST}&repere=7")
    assert links["Page 9"].endswith(f"?page=9&nom=a&apres={LAST}&repere=7")
    ends = (links["Première page"], links["Dernière page"], links["Page 7"])
    assert ends == (f"{LIST}?page=1&nom=a", f"{LIST}?page=40&nom=a", f"{LIST}?page=7&nom=a")


def test_the_line_to_count_from_is_asked_of_the_service_and_nothing_else_is(
    portal: Portal, services: FakeServices
) -> None:
    for asked in (f"apres={LAST}&repere=7", "apres=x&repere=7", f"avant={FIRST}&repere=zwei"):
        portal.get(f"{LIST}?page=8&{asked}")
    queries = [call.query for call in services.called(f"GET {OF}")]
    assert [(one.get("apres"), one.get("avant"), one.get("repere")) for one in queries] == [
        (LAST, None, "7"),
        (None, None, None),
        (None, None, None),
    ]


def test_the_file_has_the_filtered_lines_in_order_and_no_formula(portal: Portal, services: FakeServices) -> None:
    evil = line({**PEOPLE[1], "nom": "=cmd|' /C calc'!A0", "prenom": "+33", "email": "@sum@example.com"})
    services.answers[f"GET {OF}"] = (200, {**page([evil, line(PEOPLE[0])], 5), "total": 2})
    shown = portal.get(f"{LIST}?filtre=1&statut=Actif&tri=-nom")
    (file,) = [link for link in shown.links() if link.startswith(f"{LIST}.csv")]
    services.calls.clear()
    answer = portal.client.get(f"{file}", base_url="https://espace.example.com")
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")), delimiter=";"))
    assert rows[0][:3] == ["Rôle", "Nom", "Prénom"] and len(rows) == 3
    assert (rows[1][1], rows[1][2], rows[1][7]) == ("'=cmd|' /C calc'!A0", "'+33", "'@sum@example.com")
    (asked,) = [call.query for call in services.called(f"GET {OF}")]
    assert (asked["statut"], asked["tri"], asked["exclure_inactifs"], asked["page"]) == ("Actif", "-nom", "false", "1")


def test_the_file_goes_on_from_the_last_line_of_each_page(portal: Portal, services: FakeServices) -> None:
    pages = iter([1, 2, 3])
    answers: list[Any] = [(200, {**page([line(one) for one in PEOPLE], 100), "page": n, "total": 205}) for n in pages]
    services.answers[f"GET {OF}"] = lambda _call: answers.pop(0)
    portal.client.get(f"{LIST}.csv", base_url="https://espace.example.com")
    asked = [
        (one.query["page"], one.query.get("apres"), one.query.get("repere")) for one in services.called(f"GET {OF}")
    ]
    assert asked == [("1", None, None), ("2", LAST, "1"), ("3", LAST, "2")]


STANDS = {
    "acceptée, en attente de votre confirmation depuis le 20/11/2026": {"statut": "En attente", "a_confirmer": True},
    "en attente depuis le 20/11/2026": {"statut": "En attente"},
    "à venir, à partir du 20/11/2026, jusqu'au 31/12/2026 inclus": {"statut": "À venir", "ends_on": "2026-12-31"},
    "active depuis le 20/11/2026": {"statut": "Actif"},
}


@pytest.mark.parametrize("said", STANDS)
def test_g22_the_firm_s_block_knows_where_its_delegation_stands(
    portal: Portal, services: FakeServices, said: str
) -> None:
    where = f"GET /adherents/{ADHERENT}"
    status, card = services.answers[where]
    one = {"delegation_id": FIRST, "a_confirmer": False, "depuis": "2026-11-20", "ends_on": None, **STANDS[said]}
    services.answers[where] = (status, {**card, "cabinet_delegated": True, "cabinet_delegation": one})
    block = portal.get(LIST).one("section", aria_labelledby="deleguer")
    assert f"Délégation à votre cabinet comptable : {said}" in words(block)
    assert "aucune délégation" not in words(block)
    assert f"/espace/{ADHERENT}/{SITE}/droits/{FIRST}" in {a.get("href") for a in block.findall(".//a")}


def offers_the_firm(portal: Portal) -> bool:
    return any(link.endswith("/droits/cabinet") for link in portal.get(LIST).links())


def test_g23_the_firm_is_offered_once_and_never_to_itself(portal: Portal, services: FakeServices) -> None:
    where, mine = f"GET /adherents/{ADHERENT}", tier()
    status, card = services.answers[where]
    one = {"delegation_id": FIRST, "a_confirmer": False, "depuis": "2026-11-20", "ends_on": None, "statut": "Actif"}
    assert offers_the_firm(portal)
    services.answers[where] = (status, {**card, "cabinet_delegated": True, "cabinet_delegation": one})
    assert not offers_the_firm(portal), "it would be refused after sixteen lines"
    ending = {**one, "ends_on": "2026-12-31"}
    services.answers[where] = (status, {**card, "cabinet_delegated": True, "cabinet_delegation": ending})
    assert offers_the_firm(portal), "the next one may begin after it"
    services.answers[where] = (status, card)
    services.answers[f"GET /sites/{SITE}"] = (200, {**mine, "access": {**mine["access"], "kind": "cabinet"}})
    assert not offers_the_firm(portal)
    assert "Vous n'avez défini aucune délégation à votre cabinet comptable." not in portal.get(LIST).text


def test_a_filter_that_is_no_day_counts_nobody(portal: Portal) -> None:
    text = portal.get(f"{LIST}?filtre=1&date_effet=31/02/2026", 422).text
    assert "Corrigez les critères signalés ci-dessus" in text
    assert "0 bénéficiaire" not in text and "Aucun bénéficiaire ne correspond" not in text


def test_g23_the_firm_is_named_again_on_the_way_back_and_beside_a_fault(portal: Portal) -> None:
    typed = {"email": "zzz", "starts_on": "23/11/2026", "ends_on": "", "kind": "cabinet", "etape": "1"}
    assert "COMPTAGESTION" in portal.post(f"{LIST}/nouvelle/etape-2", status=422, **typed).text
    second = portal.post(f"{LIST}/nouvelle/etape-2", **{**typed, "email": "contact@example.com"}).location
    assert "COMPTAGESTION" in portal.get(second.removesuffix("/etape-2")).text
