"""The open alerts on « Suivi DSN » and on the bell: what is new, who takes care of it (decision 45)."""

from typing import Any

import pytest

from tests.gateway import examples
from tests.gateway.alert_examples import ALERTS, BELL, NO_ALERTS, months
from tests.gateway.examples import ADHERENT, SITE, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, words

PAGE = f"{SPACE}/suivi-dsn"
ASKED = f"GET /sites/{SITE}/suivi"
FREE, HELD = (f"{PAGE}/alertes/{one}" for one in ALERTS)
ACTS = [
    (f"{FREE}/vue", f"POST /alerts/{ALERTS[0]}/seen"),
    (f"{FREE}/prise-en-charge", f"POST /alerts/{ALERTS[0]}/correction"),
    (f"{HELD}/fin-de-prise-en-charge", f"POST /alerts/{ALERTS[1]}/correction/end"),
]


def tells(services: FakeServices, bell: dict[str, Any]) -> None:
    """What dsn says of the open alerts."""
    services.answers[ASKED] = lambda query: months(query, bell)


def buttons(portal: Portal) -> list[str]:
    """What may be pressed about alerts."""
    return [words(one) for one in portal.get(PAGE).one("section", aria_labelledby="alertes-titre").iter("button")]


def test_each_alert_says_whether_it_is_new_and_who_takes_care_of_it(portal: Portal) -> None:
    told = words(portal.get(PAGE).one("section", aria_labelledby="alertes-titre"))
    first = "DSN Août 2026: Une déclaration à rectifier. Une action de votre part est attendue Nouvelle"
    assert first in told and told.count("Nouvelle") == 1
    assert "Claire Martin s'en occupe depuis le 23/11/2026 à 10 h 00" in told.replace("\u00a0", " ").replace("’", "'")


def test_who_may_act_takes_what_nobody_holds_and_ends_what_another_holds(portal: Portal) -> None:
    pressed = [one.partition(" :")[0].replace("’", "'").strip() for one in buttons(portal)]
    assert pressed == ["Marquer comme vue", "Je m'en occupe", "Mettre fin à la prise en charge"]


def test_who_may_only_look_marks_and_no_more(portal: Portal, services: FakeServices) -> None:
    tells(services, {**BELL, "may_take": False})
    assert [one.partition(" :")[0].strip() for one in buttons(portal)] == ["Marquer comme vue"]


@pytest.mark.parametrize(("page", "call"), ACTS)
def test_a_button_does_what_it_says_once_and_comes_back(
    portal: Portal, services: FakeServices, page: str, call: str
) -> None:
    portal.post(page, version="3")
    (sent,) = services.called(call)
    assert sent.headers.get("If-Match") == (None if call.endswith("seen") else '"3"')


@pytest.mark.parametrize(("page", "call"), ACTS[1:])
@pytest.mark.parametrize(("status", "code"), [(412, "version_perimee"), (409, "alerte_close")])
def test_who_comes_second_is_told_above_the_page(
    portal: Portal, services: FakeServices, page: str, call: str, status: int, code: str
) -> None:
    if call.endswith("end") and status == 409:
        code = "alerte_sans_prise_en_charge"
    services.refuse(call, status, code, "Une personne s'en occupe depuis le 23/11/2026 à 10 h 32.")
    portal.post(page, version="2")
    assert "occupe depuis le 23/11/2026 à 10 h 32." in portal.get(PAGE).text


def test_who_lost_the_right_meanwhile_is_refused(portal: Portal, services: FakeServices) -> None:
    services.refuse(ACTS[1][1], 403, "acces_refuse", "")
    assert "Vous n'avez pas accès à cette fonctionnalité." in portal.post(ACTS[1][0], 403, version="3").text


@pytest.mark.parametrize("status", [404, 503])
def test_who_it_is_may_be_unknown_that_he_does_is_not(portal: Portal, services: FakeServices, status: int) -> None:
    code = "introuvable" if status == 404 else "service_indisponible"
    services.refuse(f"GET /adherents/{ADHERENT}/people", status, code, "")
    assert "Une autre personne s" in portal.get(PAGE).text


def test_one_s_own_care_needs_no_name(portal: Portal, services: FakeServices) -> None:
    mine = [{**one, "correction": one["correction"] and {**one["correction"], "mine": True}} for one in BELL["items"]]
    tells(services, {**BELL, "items": mine})
    assert "Vous vous en occupez depuis" in portal.get(PAGE).text
    assert services.called(f"GET /adherents/{ADHERENT}/people") == []


def test_without_an_alert_there_is_no_such_part(portal: Portal, services: FakeServices) -> None:
    tells(services, NO_ALERTS)
    assert portal.get(PAGE).all("section", aria_labelledby="alertes-titre") == []


def test_the_bell_says_how_many_are_new(portal: Portal) -> None:
    shown = portal.get(f"{SPACE}/")
    assert shown.one("a", data_bulle="accueil").get("aria-label") == "2 alertes DSN, Suivi DSN (1 nouvelle)"


@pytest.mark.parametrize("path", ["suivi-dsn", "suivi-dsn?annee=2026&a_traiter=1"])
def test_months_and_alerts_are_one_question_which_is_the_bar_s_too(
    portal: Portal, services: FakeServices, path: str
) -> None:
    page = portal.get(f"{SPACE}/{path}")
    assert [one.path for one in services.calls if one.service == "dsn"] == [f"/sites/{SITE}/suivi"]
    assert page.one("a", data_bulle="accueil").get("aria-label") == "2 alertes DSN, Suivi DSN (1 nouvelle)"


def test_a_dsn_of_the_version_before_is_asked_for_months_and_alerts_apart(
    portal: Portal, services: FakeServices
) -> None:
    now = words(portal.get(PAGE).one("main"))
    refused = examples.refusal(422, "invalide", "", ("alerts", "Champ inattendu."))
    services.answers[ASKED] = lambda query: refused if "alerts" in query else months(query)
    services.calls.clear()
    page = portal.get(PAGE)
    assert words(page.one("main")) == now
    asked = [(one.path, one.query) for one in services.calls if one.service == "dsn"]
    refused_one, *both = asked
    assert refused_one == (f"/sites/{SITE}/suivi", {"alerts": "true"})
    assert sorted(both) == [(f"/sites/{SITE}/alerts", {"view": "home"}), (f"/sites/{SITE}/suivi", {})]
    assert page.one("a", data_bulle="accueil").get("aria-label") == "2 alertes DSN, Suivi DSN (1 nouvelle)"


@pytest.mark.parametrize(("status", "shown"), [(403, 403), (404, 404), (503, 503)])
def test_what_dsn_refuses_is_asked_once_and_the_bar_asks_no_more(
    portal: Portal, services: FakeServices, status: int, shown: int
) -> None:
    codes = {403: "acces_refuse", 404: "introuvable", 503: "service_indisponible"}
    services.refuse(ASKED, status, codes[status], "")
    portal.get(PAGE, shown)
    assert [one.path for one in services.calls if one.service == "dsn"] == [f"/sites/{SITE}/suivi"]
