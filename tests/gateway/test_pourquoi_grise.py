"""« Pourquoi ce bouton est grisé »: in words beside it, in the page itself, so without a script (G29, M7, M8, T7)."""

from typing import Any

import pytest

from contracts.words import why
from tests.gateway.examples import ACTIVE, ADHERENT, SITE, SPACE, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, Shown, words

LIST = f"{SPACE}/droits"
ONE = f"GET /adherents/{ADHERENT}/delegations/{ACTIVE}"
STEP_1 = {"email": "contact@example.com", "starts_on": "23/11/2026", "ends_on": "", "kind": "cabinet", "etape": "1"}


def without(services: FakeServices, **reasons: str) -> None:
    """The delegation, of which these acts are not offered."""
    status, held = services.answers[ONE]
    left = [one for one in held["actions"] if one not in reasons or one == "fermer"]
    services.answers[ONE] = (status, {**held, "actions": left, "unavailable": reasons})


def explained(shown: Shown, label: str) -> str:
    """What is said of the greyed button of that label, found as a screen reader finds it."""
    (button,) = [one for one in shown.all("button") if words(one) == label]
    assert button.get("disabled") is not None
    return words(next(one for one in shown.root.iter() if one.get("id") == button.get("aria-describedby")))


def grantor(services: FakeServices, **access: Any) -> None:
    """The administrator has no more than that."""
    mine = tier()
    services.answers[f"GET /sites/{SITE}"] = (200, {**mine, "access": {**mine["access"], **access}})


def test_what_cannot_be_done_with_a_delegation_says_why(portal: Portal, services: FakeServices) -> None:
    without(services, modifier=why.OWN_CHANGE, fermer=why.LAST)
    shown = portal.get(f"{LIST}/{ACTIVE}")
    assert explained(shown, "Modifier").endswith(why.OWN_CHANGE)
    assert explained(shown, "Fermer").endswith(why.LAST)
    assert f"{LIST}/{ACTIVE}/fermer" not in shown.links()


def test_what_can_be_done_is_not_grey(portal: Portal) -> None:
    shown = portal.get(f"{LIST}/{ACTIVE}")
    assert "grisé" not in shown.text and f"{LIST}/{ACTIVE}/modifier" in shown.links()


def test_the_page_of_the_closing_says_it_before_it_is_pressed(portal: Portal, services: FakeServices) -> None:
    without(services, fermer=why.LAST)
    assert explained(portal.get(f"{LIST}/{ACTIVE}/fermer"), "Fermer la délégation").endswith(why.LAST)


def test_g29_the_choices_below_administrateur_say_why_they_are_locked(portal: Portal) -> None:
    free = portal.get(portal.post(f"{LIST}/nouvelle/etape-2", **STEP_1).location)
    assert [one.get("hidden") is not None for one in free.all("p") if one.get("data-verrou") is not None] == [True] * 2
    again = {**STEP_1, "etape": "2", "administrator": "1", "colonne": "aucun"}
    locked = portal.get(portal.post(f"{LIST}/nouvelle/etape-2", **again).location)
    said = [one for one in locked.all("p") if one.get("data-verrou") is not None]
    assert [one.get("hidden") for one in said] == [None, None]
    assert words(said[0]).startswith("Grisé : un administrateur a tous les collèges accessibles")


def test_a_college_that_the_grantor_lacks_is_grey_and_says_so(portal: Portal, services: FakeServices) -> None:
    grantor(services, colleges=["ouvriers"])
    shown = portal.get(portal.post(f"{LIST}/nouvelle/etape-2", **STEP_1).location)
    grey = [one for one in shown.all("input", type="checkbox") if one.get("aria-describedby") == "colleges-hors"]
    assert len(grey) == 2 and all(one.get("disabled") is not None and one.get("name") is None for one in grey)
    assert "hors des collèges de votre propre délégation" in shown.text


@pytest.mark.parametrize("path", ["nouvelle", f"{ACTIVE}/modifier"])
def test_c10_the_end_of_the_grantor_is_said_where_days_are_typed(
    portal: Portal, services: FakeServices, path: str
) -> None:
    assert "Vos propres droits prennent fin" not in portal.get(f"{LIST}/{path}").text
    grantor(services, ends_on="2027-01-31")
    assert "Vos propres droits prennent fin le 31/01/2027" in portal.get(f"{LIST}/{path}").text


@pytest.mark.parametrize("end", ["", "01/02/2027"])
def test_c10_an_end_beyond_the_grantor_s_own_names_the_day_before_anything_is_sent(
    portal: Portal, services: FakeServices, end: str
) -> None:
    grantor(services, ends_on="2027-01-31")
    said = "Vos propres droits prennent fin le 31/01/2027 : saisissez une date de fin, ce jour au plus tard."
    page = portal.post(f"{LIST}/nouvelle/etape-2", status=422, **{**STEP_1, "ends_on": end})
    assert words(page.one("small", id="ends_on-erreur")) == said
    typed = {"starts_on": "16/04/2019", "ends_on": end or "31/12/2028", "version": "3", "colleges": "etam"}
    assert said in portal.post(f"{LIST}/{ACTIVE}/modifier", status=422, **typed).text
    assert not [one for one in services.calls if one.method in ("POST", "PUT") and "delegations" in one.path]
    assert portal.post(f"{LIST}/nouvelle/etape-2", **{**STEP_1, "ends_on": "31/01/2027"}).location
