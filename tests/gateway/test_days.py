"""What is unreadable is never taken for empty: days, ends, years, pages and versions, however they are typed."""

from datetime import date

import pytest

from gateway.kit import reading
from tests.gateway.examples import ACTIVE, ADHERENT, SITE, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

NO_SUCH_DAY = "Cette date n'existe pas."
IMPOSSIBLE = ["31/02/2027", "00/12/2027", "29/02/2027", "demain", "31/12/27", "²1/12/2027", "٣١/١٢/٢٠٢٧", "2027-02-31"]
CLOSING, CHANGE, STEP_2 = (
    f"{SPACE}/droits/{rest}" for rest in (f"{ACTIVE}/fermer", f"{ACTIVE}/modifier", "nouvelle/etape-2")
)
OF = f"/adherents/{ADHERENT}/delegations"
HELD = {"version": "3", "starts_on": "16/04/2019", "ends_on": "31/12/2027", "colleges": ["etam"]}
STEP_1 = {"email": "contact@example.com", "starts_on": "23/11/2026", "ends_on": "", "kind": "cabinet"}


@pytest.mark.parametrize("typed", IMPOSSIBLE)
def test_an_impossible_day_of_closing_closes_nothing(portal: Portal, services: FakeServices, typed: str) -> None:
    page = portal.post(CLOSING, 422, ends_on=typed)
    assert page.one("small", id="ends_on-erreur").text == NO_SUCH_DAY
    assert page.field("ends_on") == typed
    assert services.called(f"POST {OF}/{ACTIVE}/closing") == []


@pytest.mark.parametrize("typed", ["", "   "])
def test_a_cleared_day_of_closing_closes_nothing(portal: Portal, services: FakeServices, typed: str) -> None:
    assert "Saisissez la date de fermeture." in portal.post(CLOSING, 422, ends_on=typed).text
    assert services.called(f"POST {OF}/{ACTIVE}/closing") == []


@pytest.mark.parametrize("typed", IMPOSSIBLE)
@pytest.mark.parametrize("also", [{}, {"sans_fin": "1"}])
def test_an_impossible_end_leaves_the_delegation_as_it_is(
    portal: Portal, services: FakeServices, typed: str, also: dict[str, str]
) -> None:
    page = portal.post(CHANGE, 422, **{**HELD, **also, "ends_on": typed})
    assert page.one("small", id="ends_on-erreur").text == NO_SUCH_DAY
    assert page.field("ends_on") == typed
    assert services.called(f"PUT {OF}/{ACTIVE}") == []


def test_a_cleared_end_is_asked_about_and_goes_only_by_its_box(portal: Portal, services: FakeServices) -> None:
    asked = "Saisissez la date de fin, ou cochez « Sans date de fin »."
    assert asked in portal.post(CHANGE, 422, **{**HELD, "ends_on": ""}).text
    assert services.called(f"PUT {OF}/{ACTIVE}") == []
    portal.post(CHANGE, **{**HELD, "ends_on": "", "sans_fin": "1"})
    portal.post(CHANGE, **{**HELD, "sans_fin": "1"})  # the box without a script: the former end stands beside it
    assert [call.json["ends_on"] for call in services.called(f"PUT {OF}/{ACTIVE}")] == [None, None]


def test_another_end_and_the_box_together_are_a_question(portal: Portal, services: FakeServices) -> None:
    page = portal.post(CHANGE, 422, **{**HELD, "ends_on": "30/06/2027", "sans_fin": "1"})
    assert "pas les deux" in page.text
    assert page.one("input", name="sans_fin").get("checked") is not None
    assert services.called(f"PUT {OF}/{ACTIVE}") == []


def test_the_box_is_there_only_where_there_is_an_end(portal: Portal, services: FakeServices) -> None:
    status, held = services.answers[f"GET {OF}/{ACTIVE}"]
    assert portal.get(CHANGE).one("input", name="sans_fin").get("checked") is None
    services.answers[f"GET {OF}/{ACTIVE}"] = (status, {**held, "ends_on": None})
    assert portal.get(CHANGE).all("input", name="sans_fin") == []
    portal.post(CHANGE, **{**HELD, "ends_on": ""})
    assert services.called(f"PUT {OF}/{ACTIVE}")[0].json["ends_on"] is None


@pytest.mark.parametrize("step", ["1", "2"])
@pytest.mark.parametrize("typed", IMPOSSIBLE)
def test_an_impossible_end_opens_nothing_at_either_step(
    portal: Portal, services: FakeServices, step: str, typed: str
) -> None:
    page = portal.post(STEP_2, 422, **{**STEP_1, "etape": step, "ends_on": typed})
    assert page.one("small", id="ends_on-erreur").text == NO_SUCH_DAY
    assert page.field("ends_on") == typed
    assert services.called(f"POST {OF}") == []


@pytest.mark.parametrize("year", ["20²2", "٢٠٢٦", "1999", "2100", "abcd", "20 26", "9" * 5000])
def test_a_year_that_is_none_shows_no_month_and_says_so(portal: Portal, services: FakeServices, year: str) -> None:
    page = portal.get(f"{SPACE}/suivi-dsn?annee={year}", 422)
    assert "Cette année n'existe pas." in page.text
    assert page.all("tbody") == []
    assert "year" not in services.called(f"GET /sites/{SITE}/suivi")[0].query


@pytest.mark.parametrize("page", ["²", "٣", "1²", "-1", "1.5", "9" * 5000, "1_0"])
@pytest.mark.parametrize("path", ["/choix", f"{SPACE}/droits", "/mon-compte/messages"])
def test_a_page_that_is_none_is_the_first(portal: Portal, services: FakeServices, path: str, page: str) -> None:
    portal.get(f"{path}?page={page}&taille={page}")
    assert {call.query["page"] for call in services.calls if "page" in call.query} == {"1"}


@pytest.mark.parametrize("version", ["²", "", "trois", "9" * 5000])
def test_a_version_that_is_none_changes_nothing(portal: Portal, services: FakeServices, version: str) -> None:
    portal.post(CHANGE, 422, **{**HELD, "version": version})
    portal.post("/mon-compte/contact", 422, nom="Durand", prenom="Paul", version=version)
    assert [call for call in services.calls if call.method == "PUT"] == []


def test_a_wait_that_is_none_is_not_said(visitor: Portal, services: FakeServices) -> None:
    services.refuse("POST /sessions", 429, "trop_de_tentatives", "Trop de tentatives.", Retry_After="bientot")
    assert "Attendez" not in visitor.post("/connexion", 429, email="a@example.com", mot_de_passe="x").text


@pytest.mark.parametrize(
    "typed", ["01/02/2027", "1/2/2027", "01.02.2027", "01-02-2027", " 01/02/2027 ", "2027-02-01", "01022027"]
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert reading.day(typed) == date(2027, 2, 1)


@pytest.mark.parametrize("value", [date(2027, 2, 1), date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_shown_is_read_again(value: date) -> None:
    assert reading.day(reading.as_typed(value)) == value
