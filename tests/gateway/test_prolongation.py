"""More days: asked for by the beneficiary, answered by an administrator in one click and a password (C8, G26)."""

from typing import Any

import pytest

from tests.gateway import examples
from tests.gateway.examples import ACTIVE, ADHERENT, DELEGATIONS, PENDING, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, Shown

MINE = "/mon-compte/delegations"
PAGE = f"/delegations/{ACTIVE}/prolongation"
OF = f"/adherents/{ADHERENT}/delegations"
ASKED = {"prolongation_until": "2027-12-20", "ends_on": "2026-12-20"}


@pytest.fixture
def wanted(services: FakeServices) -> None:
    """Somebody asks for more days."""
    status, held = services.answers[f"GET {OF}/{ACTIVE}"]
    services.answers[f"GET {OF}/{ACTIVE}"] = (status, {**held, **ASKED})


def test_a_year_more_is_offered_and_asked(portal: Portal, services: FakeServices) -> None:
    page = portal.get(f"{MINE}/{ACTIVE}/prolonger")
    assert page.field("wanted_on") == "20/12/2027"
    assert portal.post(f"{MINE}/{ACTIVE}/prolonger", version="3", wanted_on="30/06/2027").location == MINE
    (call,) = services.called(f"POST /mandates/{ACTIVE}/prolongation")
    assert (call.json, call.headers["If-Match"]) == ({"wanted_on": "2027-06-30"}, '"3"')


def test_a_day_that_is_not_later_is_said_beside_the_field(portal: Portal, services: FakeServices) -> None:
    sentence = "La nouvelle date de fin doit être postérieure à la date de fin actuelle."
    call = f"POST /mandates/{ACTIVE}/prolongation"
    services.refuse(call, 422, "date_non_posterieure", sentence, ("wanted_on", sentence))
    page = portal.post(f"{MINE}/{ACTIVE}/prolonger", status=422, version="3", wanted_on="01/12/2026")
    assert sentence in page.text


def test_what_cannot_be_asked_for_says_so(portal: Portal) -> None:
    assert "ne peut pas être demandée aujourd'hui" in portal.get(f"{MINE}/{DELEGATIONS[2]}/prolonger").text


def test_an_administrator_is_reminded_and_when_again_is_said(portal: Portal, services: FakeServices) -> None:
    assert portal.post(f"{MINE}/{PENDING}/relance").location == MINE
    assert "Un administrateur de l'entreprise est relancé par courriel." in portal.get(MINE).text
    status, listed = services.answers["GET /mandates"]
    late = {"reminded_at": "2026-11-23T08:00:00+00:00", "next_reminder_at": "2026-11-25T08:00:00+00:00"}
    items = [{**one, **(late if one["delegation_id"] == PENDING else {})} for one in listed["items"]]
    services.answers["GET /mandates"] = (status, {**listed, "items": items})
    page = portal.get(MINE)
    assert "nouvelle relance possible le 25/11/2026" in page.text
    assert not page.all("form", action=f"{MINE}/{PENDING}/relance")


def test_too_soon_is_said(portal: Portal, services: FakeServices) -> None:
    sentence = "Vous avez déjà relancé un administrateur : vous pourrez le faire de nouveau 48 heures après."
    services.refuse(f"POST /mandates/{PENDING}/reminder", 429, "relance_recente", sentence, Retry_After="3600")
    portal.post(f"{MINE}/{PENDING}/relance")
    assert "Vous avez déjà relancé un administrateur" in portal.get(MINE).text


@pytest.mark.usefixtures("wanted")
def test_the_demand_is_on_the_home_page_and_in_the_list(portal: Portal, services: FakeServices) -> None:
    assert "demande que sa délégation" in portal.get(PAGE).text
    status, listed = services.answers[f"GET {OF}"]
    items = [{**one, **(ASKED if one["delegation_id"] == ACTIVE else {})} for one in listed["items"]]
    services.answers[f"GET {OF}"] = (status, {**listed, "items": items})
    assert leads_there(portal.get(f"{SPACE}/droits"))
    home: dict[str, Any] = portal_home(services)
    waits = {"delegation_id": ACTIVE, "nom": "Lefèvre", "prenom": "Anne", "email": "a@example.com"}
    home["to_prolong"] = {"total": 1, "items": [{**waits, "ends_on": "2026-12-20"}]}
    services.answers[f"GET /sites/{SPACE.rsplit('/', 1)[1]}/home"] = (200, home)
    page = portal.get(f"{SPACE}/")
    assert "Anne Lefèvre demande la prolongation de sa délégation" in page.text
    assert leads_there(page)


def leads_there(page: Shown) -> bool:
    """Whether a link of the page leads to the answer."""
    return any(link.partition("?")[0] == PAGE for link in page.links())


def portal_home(services: FakeServices) -> dict[str, Any]:
    """The home page of the site, as the examples have it."""

    return {**services.answers[f"GET /sites/{SPACE.rsplit('/', 1)[1]}"][1], **examples.HOME}


@pytest.mark.usefixtures("wanted")
def test_granted_in_one_click_or_with_a_password(portal: Portal, services: FakeServices) -> None:
    assert portal.post(PAGE, version="3", decision="accorder", reason="").location == PAGE
    assert services.called(f"POST {OF}/{ACTIVE}/prolongation")[0].headers["If-Match"] == '"3"'
    sentence = "Pour votre sécurité, saisissez de nouveau votre mot de passe."
    services.refuse(f"POST {OF}/{ACTIVE}/prolongation", 403, "reauthentification_requise", sentence)
    page = portal.post(PAGE, status=403, version="3", decision="accorder", reason="")
    assert sentence in page.text and page.one("input", name="mot_de_passe") is not None


@pytest.mark.usefixtures("wanted")
def test_refused_with_a_reason(portal: Portal, services: FakeServices) -> None:
    portal.post(PAGE, version="3", decision="refuser", reason="Chantier terminé")
    assert services.called(f"POST {OF}/{ACTIVE}/prolongation/refusal")[0].json == {"reason": "Chantier terminé"}


def test_nothing_to_answer_and_somebody_elses(portal: Portal) -> None:
    assert "Aucune prolongation n'attend de réponse" in portal.get(PAGE).text
    assert portal.get(f"/delegations/{DELEGATIONS[2]}/prolongation", 404).text
