"""Why: a month of Suivi DSN explained to people, and to the caisse's systems (G65, C9, AA22–AA25)."""

from datetime import UTC, datetime

import pytest

from tests.service.dsn.system import ACCOUNT, SIRET
from tests.service.dsn.test_suivi import answer
from tools.dsn_synth.crm import crm, render
from tools.dsn_synth.monthly import Monthly

STRANGER = "01930000-0000-7000-8000-0000000000c2"


def explained(dsn, site_id, period="2026-10", account=ACCOUNT, status=200):
    """What is said of a month."""
    found = dsn.get(f"/v1/sites/{site_id}/suivi/{period}", as_=account)
    assert found.status == status, found.json
    return found.json


def titles(points):
    """What stands on a time-line, without its hours."""
    return [one["title"] for one in points]


def test_a_month_says_its_rule_its_facts_and_what_to_do(dsn):
    site_id = dsn.site()
    dsn.grant(site_id)
    dsn.at("2026-11-24T11:00:01")
    dsn.declare("2026-10")
    dsn.declare("2026-10", test=True, order=2)
    answer(dsn, "2026-10", 2)
    said = explained(dsn, site_id)
    assert (said["label"], said["rule"], said["state"]) == ("DSN Octobre 2026", "R12", "A_RECTIFIER")
    assert said["rule_text"] == "La caisse n'a pris en compte qu'une partie de la déclaration (code retour 2)."
    assert "Corrigez dans la DSN Novembre 2026, à déposer avant le 15/12/2026 à 12\u00a0h\u00a000" in said["advice"][1]
    assert said["act_before"] == "2026-12-15T11:00:00+00:00"
    assert titles(said["counted"]) == [
        "Déclaration reçue : normale, ordre 1",
        "Réponse de CIBTP : partiellement prise en compte (code retour 2)",
    ]
    assert [one["why"] for one in said["ignored"]] == ["C'est un envoi d'essai : il ne vaut pas déclaration."]
    history = [one for one in said["timeline"] if one["what"] == "ALERTE"]
    assert titles(history) == [
        "Alerte ouverte : Anomalie dans le traitement / Déclaration manquante",
        "Alerte levée : Anomalie dans le traitement / Déclaration manquante",
        "Alerte ouverte : Une déclaration à rectifier",
    ]
    assert history[1]["details"] == [
        "Preuve : la déclaration est arrivée",
        "Pièce : Déclaration reçue : normale, ordre 1",
        "Règle R10 : La déclaration est arrivée en entier ; la caisse n'a pas encore donné toutes ses réponses.",
        "Constaté par : un fichier reçu",
    ]


def test_an_answer_is_told_in_detail_the_worst_first(dsn):
    """Code, severity, rubric and count of each return; of many, the first hundred and how many are left out."""
    site_id = dsn.site(first="2026-10")
    dsn.grant(site_id)
    one = Monthly(siret=SIRET, period="2026-10", deposited_at=datetime(2026, 11, 4, 9, 30))
    dsn.declare("2026-10", deposited_at=one.deposited_at)
    many = [{"code": f"E{number:04}", "severity": "INFORMATION"} for number in range(104)]
    worst = {"code": "E9101", "severity": "BLOQUANT", "rubric": "S21.G00.40.022", "count": 3}
    dsn.send(render([{**crm(one, 2, datetime(2026, 11, 20, 18, tzinfo=UTC)), "returns": [*many, worst]}]))
    for points in ("timeline", "counted"):
        (answer,) = [each for each in explained(dsn, site_id)[points] if each["what"] == "REPONSE"]
        assert answer["returns"][0] == {**worst, "rubric_label": "Code caisse professionnelle de congés payés"}
        assert (len(answer["returns"]), answer["more_returns"]) == (100, 5)


def test_who_took_care_of_an_alert_is_told_and_which_piece_ended_it(dsn):
    site_id = dsn.site(first="2026-10")
    dsn.grant(site_id, rights={"declarations_salaires": "mise_a_jour"})
    dsn.at("2026-11-24T11:00:01")
    (one,) = dsn.get(f"/v1/sites/{site_id}/alerts", as_=ACCOUNT).json["items"]
    taken = dsn.post(f"/v1/alerts/{one['alert_id']}/correction", as_=ACCOUNT, headers={"If-Match": '"1"'})
    assert taken.status == 204
    said = explained(dsn, site_id)
    (alive,) = said["alerts"]
    assert (alive["correction"]["by"], alive["correction"]["mine"]) == (str(ACCOUNT), True)
    assert [(turn["by"], turn["mine"]) for turn in said["timeline"] if turn["what"] == "ALERTE"] == [
        (None, False),
        (str(ACCOUNT), True),
    ]
    dsn.declare("2026-10")
    over = explained(dsn, site_id)
    assert over["alerts"] == []
    assert "Pièce : Déclaration reçue : normale, ordre 1" in over["timeline"][-1]["details"]


def test_nothing_of_a_person_is_said(dsn):
    """Counts, codes and SIRET only: the time-line of a month goes to pages, files and other systems."""
    site_id = dsn.site()
    dsn.grant(site_id)
    dsn.declare("2026-10")
    text = str(explained(dsn, site_id))
    assert "NOM0" not in text and "PRENOM" not in text


@pytest.mark.parametrize("period", ["2026-12", "2020-01", "2026-13", "2026-1", "abc", "２０２６-10"])
def test_a_month_that_is_none_of_the_site_is_not_found(dsn, period):
    site_id = dsn.site()
    dsn.grant(site_id)
    explained(dsn, site_id, period, status=404)


def test_another_s_site_is_not_found_and_without_the_right_it_is_refused(dsn):
    site_id = dsn.site()
    dsn.grant(site_id, rights={"mes_documents": "mise_a_jour"})
    explained(dsn, site_id, status=403)
    explained(dsn, site_id, account=STRANGER, status=404)


def test_a_month_out_of_the_site_s_life_is_explained_when_something_came(dsn):
    site_id = dsn.site(last="2026-09")
    dsn.grant(site_id)
    dsn.declare("2026-10")
    assert (explained(dsn, site_id)["rule"], explained(dsn, site_id)["advice"]) == ("R1", ["Vous n'avez rien à faire."])


def test_the_caisse_s_systems_see_the_same_by_siret_with_mismatch_and_quarantine(dsn):
    path = f"/v1/establishments/{SIRET}/suivi/2026-10"
    assert dsn.get(path, machine=["dsn:write"]).status == 404
    dsn.declare("2026-10")
    waiting = dsn.get(path, machine=["dsn:write"]).json
    assert waiting["sites"] == [] and len(waiting["quarantine"]) == 1
    assert waiting["quarantine"][0]["quarantined_at"]
    site_id = dsn.site()
    dsn.declare("2026-10", declarant="40483304800022")
    (told,) = dsn.get(path, machine=["dsn:write"]).json["sites"]
    assert (told["site_id"], told["identifiant"], told["declarant_mismatch"]) == (str(site_id), "0412345", True)
    assert len(told["counted"]) == 2 and dsn.get(path, machine=["dsn:write"]).json["quarantine"] == []


def test_only_the_caisse_s_systems_see_an_establishment(dsn):
    dsn.declare("2026-10")
    path = f"/v1/establishments/{SIRET}/suivi/2026-10"
    assert dsn.get(path, as_=ACCOUNT).status == 403
    assert dsn.get(path).status == 401
