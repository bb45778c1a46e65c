"""The home page: tiles that follow use, what awaits the person there today, « Mes documents récents » (G69)."""

import copy
from typing import Any

import pytest

from backbone.rights.uses import Told
from contracts.rules.attestation_numbers import in_groups
from contracts.words.statuses import Scan
from tests.gateway.alert_examples import BELL, NO_ALERTS
from tests.gateway.attestation_examples import NUMBER
from tests.gateway.examples import ACTIVE, ADHERENT, DELEGATIONS, HOME, MESSAGE, PENDING, SENT, SITE, SPACE, page, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, Shown, words
from tests.gateway.test_menu import elsewhere, limited  # noqa: F401  (a fixture)

USES = f"POST /adherents/{ADHERENT}/uses"
NOTHING = {"total": 0, "items": []}
CALM = {**HOME, "to_confirm": NOTHING, "ending": NOTHING}


def at_home(services: FakeServices, **changes: Any) -> None:
    """What delegation says of the home page."""
    services.answers[f"GET /sites/{SITE}/home"] = (200, {**tier(), **HOME, **changes})


def tiles(shown: Shown) -> list[str]:
    return [words(one.find("strong")) for one in shown.all("a", class_="tuile")]


def awaits(shown: Shown) -> list[str]:
    (section,) = shown.all("section", class_="carte attente")
    return [words(one) for one in section.iter("li")]


def test_g69_mes_documents_recents_and_aide_are_always_there(portal: Portal, services: FakeServices) -> None:
    assert tiles(portal.get(f"{SPACE}/"))[:2] == ["Mes documents récents", "Aide"]
    services.answers[f"GET /sites/{SITE}"] = (200, limited(mes_documents="consultation"))
    assert tiles(portal.get(f"{SPACE}/"))[:2] == ["Mes documents récents", "Aide"]


def test_g69_tiles_follow_use_and_pinned_ones_come_first(
    portal: Portal,
    services: FakeServices,
    elsewhere: Any,  # noqa: F811
) -> None:
    lines = [f"*;{code};https://caisse.example/{code}" for code in ("mes_telepaiements", "mes_comptes_bancaires")]
    elsewhere(*lines)
    usual = ["Suivi DSN", "Gérer les droits d'accès", "Gérer mon compte utilisateur", "Nous contacter"]
    assert tiles(portal.get(f"{SPACE}/"))[2:] == [*usual, "Mes comptes bancaires", "Mes télépaiements"]
    at_home(services, used=["mes_telepaiements", "declarations_nominatives"], pinned=["nous_contacter"])
    found = tiles(portal.get(f"{SPACE}/"))[2:]
    assert found[:4] == ["Nous contacter", "Mes télépaiements", "Suivi DSN", "Gérer les droits d'accès"]


def test_g69_at_most_six_beside_the_two_and_every_pinned_one(
    portal: Portal,
    services: FakeServices,
    elsewhere: Any,  # noqa: F811
) -> None:
    codes = [f["code"] for f in limited_functions()]
    elsewhere(*(f"*;{code};https://caisse.example/" for code in codes))
    assert len(tiles(portal.get(f"{SPACE}/"))) == 8
    at_home(services, pinned=codes)
    assert len(tiles(portal.get(f"{SPACE}/"))) == 2 + len(codes)


def limited_functions() -> list[dict[str, str]]:
    from tests.gateway.tables import CATALOGUE

    of_dsn = ("declarations_salaires", "declarations_nominatives")
    return [f for group in CATALOGUE["groups"] for f in group["functions"] if f["code"] not in of_dsn]


def test_g69_what_is_used_or_pinned_and_not_granted_any_more_is_no_tile(portal: Portal, services: FakeServices) -> None:
    held = limited(mes_documents="consultation")
    services.answers[f"GET /sites/{SITE}/home"] = (
        200,
        {**held, **CALM, "used": ["administration", "declarations_nominatives"], "pinned": ["suivi_dsn"]},
    )
    assert tiles(portal.get(f"{SPACE}/"))[2:] == ["Gérer mon compte utilisateur", "Nous contacter"]


def test_g69_a_tile_is_pinned_and_unpinned(portal: Portal, services: FakeServices) -> None:
    path = f"{SPACE}/raccourcis/suivi_dsn"
    assert portal.get(f"{SPACE}/").all("form", action=path)
    assert portal.post(path).location == f"{SPACE}/#raccourcis"
    assert services.called(f"POST /adherents/{ADHERENT}/pins/suivi_dsn")
    at_home(services, pinned=["suivi_dsn"])
    assert "Le raccourci est épinglé" in portal.get(f"{SPACE}/").text
    portal.post(f"{path}/fin")
    assert services.called(f"POST /adherents/{ADHERENT}/pins/suivi_dsn/end")
    portal.post(f"{SPACE}/raccourcis/mes_vacances", 404)


def test_g69_a_function_that_is_opened_is_told_once_a_day(portal: Portal, services: FakeServices) -> None:
    for path in ("suivi-dsn", "suivi-dsn/2026-10", "suivi-dsn", "droits", "droits"):
        portal.get(f"{SPACE}/{path}")
    told = [sorted(call.json["codes"]) for call in services.called(USES)]
    assert told == [["declarations_nominatives", "declarations_salaires"], ["administration"]]


def test_pages_that_open_no_function_ask_nothing_more(portal: Portal, services: FakeServices) -> None:
    for path in ("/", "/documents-recents"):
        portal.get(f"{SPACE}{path}")
    portal.get("/mon-compte")
    assert not services.called(USES)


def test_only_the_functions_that_one_has_are_told(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SITE}"] = (200, tier(administrator=False))
    portal.get(f"{SPACE}/suivi-dsn")
    assert [call.json["codes"] for call in services.called(USES)] == [["declarations_nominatives"]]


@pytest.mark.parametrize("status", [404, 422, 500, 503])
def test_a_count_that_fails_never_hurts_the_page(portal: Portal, services: FakeServices, status: int) -> None:
    services.breaks(USES, status, {"code": "panne"})
    portal.get(f"{SPACE}/suivi-dsn")
    portal.get(f"{SPACE}/droits")
    portal.get(f"{SPACE}/suivi-dsn")
    codes = {code for call in services.called(USES) for code in call.json["codes"]}
    assert codes == {"declarations_nominatives", "declarations_salaires", "administration"}


def test_a_page_that_refuses_counts_nothing(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SITE}"] = (200, limited(mes_documents="consultation"))
    portal.get(f"{SPACE}/suivi-dsn", 403)
    portal.get(f"{SPACE}/droits", 403)
    assert not services.called(USES)


def test_what_was_told_is_remembered_for_so_many_and_for_that_day() -> None:
    from datetime import date
    from uuid import UUID

    told, one, day = Told(most=2), UUID(int=1), date(2026, 11, 23)
    assert told.news(one, ["a", "b"], day) == ["a", "b"] and told.news(one, ["a", "b"], day) == []
    assert told.news(one, ["a"], date(2026, 11, 24)) == ["a"], "another day"
    assert told.news(UUID(int=2), ["a"], day) == ["a"], "somebody else"
    assert told.news(one, ["b"], day) == ["b"], "the oldest is forgotten"


def test_the_home_page_asks_each_service_once(portal: Portal, services: FakeServices) -> None:
    portal.get(f"{SPACE}/")
    asked = [call.service for call in services.calls]
    assert sorted(asked) == ["delegation", "dsn", "identity"]


def test_the_home_page_says_what_awaits_here_today(portal: Portal) -> None:
    shown = portal.get(f"{SPACE}/")
    expected = "Une action de votre part est attendue"
    assert awaits(shown) == [
        f"DSN Août 2026: Une déclaration à rectifier. {expected} Que faire ?",
        f"DSN Octobre 2026: Une déclaration à rectifier. {expected} Que faire ?",
        "La délégation de Claire Martin attend votre confirmation. Confirmer ou refuser",
        "La délégation de claire@example.com prend fin le 23/12/2026. Voir",
        "… et 1 autre délégation qui prend fin dans les 30 jours, voir Gérer les droits d'accès",
    ]
    assert "Prochaine déclarationDSN Novembre 2026, avant le 15/12/2026" in shown.text
    assert "Prochaines cotisationsDSN Octobre 2026, échéance le 15/12/2026" in shown.text
    links = shown.links()
    assert {f"{SPACE}/suivi-dsn/2026-08", f"{SPACE}/droits/{ACTIVE}"} <= links
    assert any(link.startswith(f"/delegations/{PENDING}/confirmation") for link in links)


def test_what_awaits_is_bounded(portal: Portal, services: FakeServices) -> None:
    bell = copy.deepcopy(BELL)
    bell["messages"] *= 4
    bell["items"] *= 4
    services.answers[f"GET /sites/{SITE}/alerts"] = (200, {**bell, "count": 8})
    found = awaits(portal.get(f"{SPACE}/"))
    assert sum("Que faire ?" in one for one in found) == 5
    assert "… et 3 autres, voir le Suivi DSN" in found


def test_ones_own_end_is_told(portal: Portal, services: FakeServices) -> None:
    at_home(services, **{**CALM, "own_end": "2026-12-01"})
    services.answers[f"GET /sites/{SITE}/alerts"] = (200, NO_ALERTS)
    assert awaits(portal.get(f"{SPACE}/")) == [
        "Vos propres droits sur cette entreprise prennent fin le 01/12/2026, ce jour inclus. Mes délégations"
    ]


def test_nothing_awaits_and_the_page_says_so(portal: Portal, services: FakeServices) -> None:
    at_home(services, **CALM)
    services.answers[f"GET /sites/{SITE}/alerts"] = (200, NO_ALERTS)
    shown = portal.get(f"{SPACE}/")
    assert awaits(shown) == [] and "Rien ne vous attend aujourd'hui." in shown.text


def test_nothing_is_told_that_one_may_not_see(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SITE}/home"] = (200, {**limited(mes_documents="consultation"), **CALM})
    shown = portal.get(f"{SPACE}/")
    assert "Rien ne vous attend aujourd'hui." in shown.text and "DSN" not in words(shown.one("main"))
    assert not [call for call in services.calls if call.service == "dsn"]


def test_dsn_away_nobody_is_told_that_nothing_awaits(portal: Portal, services: FakeServices) -> None:
    at_home(services, **CALM)
    services.away.add("dsn")
    shown = portal.get(f"{SPACE}/")
    assert "Les alertes DSN sont momentanément indisponibles." in shown.text
    assert "Rien ne vous attend" not in shown.text


def test_a_delegation_service_of_the_version_before_still_has_a_home_page(
    portal: Portal, services: FakeServices
) -> None:
    services.refuse(f"GET /sites/{SITE}/home", 404, "introuvable", "Page ou élément introuvable.")
    assert tiles(portal.get(f"{SPACE}/"))[:3] == ["Mes documents récents", "Aide", "Suivi DSN"]


def test_g69_mes_documents_recents_has_the_last_messages_files_and_dsn(portal: Portal, services: FakeServices) -> None:
    shown = portal.get(f"{SPACE}/documents-recents")
    (asked,) = services.called("GET /messages")
    assert (asked.query["adherent"], asked.query["page_size"]) == (ADHERENT, "10")
    for text in ("C-2026-000001", "Question sur la DSN d'octobre", "bordereau.pdf (12 ko)", "DSN Août 2026"):
        assert text in shown.text, text
    assert f"{SPACE}/contact/recu/{MESSAGE}" in shown.links()
    assert len(services.called("GET /messages")) == len(services.called(f"GET /sites/{SITE}/suivi")) == 1


def test_g69_a_file_that_waits_for_its_scan_says_so(portal: Portal, services: FakeServices) -> None:
    waiting = {**SENT, "files": [{**SENT["files"][0], "scan": Scan.WAITING}]}
    services.answers["GET /messages"] = (200, page([waiting]))
    assert "bordereau.pdf (en cours d'analyse)" in portal.get(f"{SPACE}/documents-recents").text


def test_g69_mes_documents_recents_has_the_attestations_of_ones_own_delegations(
    portal: Portal, services: FakeServices
) -> None:
    shown = portal.get(f"{SPACE}/documents-recents")
    (asked,) = services.called("GET /mandates/attestations")
    assert asked.query == {"adherent": ADHERENT, "page": "1", "page_size": "10"}
    assert in_groups(NUMBER) in shown.text and "le 23/11/2026 à 15 h 05" in shown.text.replace("\u00a0", " ")
    place = f"/mon-compte/delegations/{DELEGATIONS[1]}/attestation"
    assert {f"{place}?espace={SITE}", f"{place}.pdf?espace={SITE}"} <= shown.links()


def test_g69_without_an_attestation_or_a_word_of_one_it_says_so(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /mandates/attestations"] = (200, page([]))
    assert "Aucune attestation n'est émise pour vos délégations" in portal.get(f"{SPACE}/documents-recents").text
    services.refuse("GET /mandates/attestations", 503, "service_indisponible", "")
    shown = portal.get(f"{SPACE}/documents-recents")
    assert "Vos attestations sont momentanément indisponibles." in shown.text and len(shown.all("table")) == 2


@pytest.mark.parametrize(
    ("away", "said"),
    [
        ("contact", "Vos messages sont momentanément indisponibles."),
        ("dsn", "Les DSN reçues sont momentanément indisponibles."),
    ],
)
def test_one_service_away_leaves_the_documents_of_the_other(
    portal: Portal, services: FakeServices, away: str, said: str
) -> None:
    services.away.add(away)
    shown = portal.get(f"{SPACE}/documents-recents")
    assert said in shown.text and len(shown.all("table")) == 2


def test_who_may_not_see_the_dsn_has_his_messages_alone(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET /sites/{SITE}"] = (200, limited(mes_documents="consultation"))
    services.answers["GET /messages"] = (200, page([]))
    shown = portal.get(f"{SPACE}/documents-recents")
    assert "Vous n'avez envoyé aucun message à votre caisse pour cette entreprise." in shown.text
    assert "Les dernières DSN reçues" not in shown.text
    assert not [call for call in services.calls if call.service == "dsn"]
