"""« Historique » of a delegation, who opened it, « À revoir »: what the API serves, a page tells (D18, C10, K10)."""

import pytest

from contracts.words.acts import LABELS, Act
from gateway.kit import labels
from tests.gateway.examples import ACTIVE, ADHERENT, DELEGATIONS, PEOPLE, SPACE, line, page, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, words
from tests.gateway.tables import HISTORY

LIST = f"{SPACE}/droits"
ONE = f"{LIST}/{ACTIVE}"
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
    portal.get(f"{ONE}/historique", 404)
    services.answers[f"GET /sites/{SPACE.rpartition('/')[2]}"] = (200, tier(administrator=False))
    portal.get(f"{ONE}/historique", 403)
    assert not services.called(f"GET {OF}/{ACTIVE}/journal")


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
