"""« Fermeture de la délégation »: what it takes with it, and the last administrator (G19, M7)."""

from typing import Any

import pytest

from tests.gateway.examples import ACTIVE, ADHERENT, DELEGATIONS, PENDING, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, words

LIST = f"{SPACE}/droits"
OF = f"/adherents/{ADHERENT}/delegations"


def test_closing_says_what_it_takes_with_it_before_the_button(portal: Portal, services: FakeServices) -> None:
    assert "accordées sous celle-ci" not in portal.get(f"{LIST}/{ACTIVE}/fermer").text
    status, held = services.answers[f"GET {OF}/{ACTIVE}"]
    services.answers[f"GET {OF}/{ACTIVE}"] = (status, {**held, "below": 3, "left_to_review": 2})
    text = portal.get(f"{LIST}/{ACTIVE}/fermer").text
    taken, left = text.index("3 délégations accordées sous celle-ci sont fermées avec elle"), text.index("À revoir")
    assert max(taken, left) < text.rindex("Fermer la délégation")
    assert "a accordé 2 délégations qui restent ouvertes" in text


def test_m7_the_last_administrator_stays(portal: Portal, services: FakeServices) -> None:
    sentence = "Au moins un administrateur doit rester actif."
    services.refuse(f"POST {OF}/{ACTIVE}/closing", 409, "dernier_administrateur", sentence)
    assert sentence in portal.post(f"{LIST}/{ACTIVE}/fermer", status=409, ends_on="23/11/2026").text


NONE_YET = "n'aura pas accès à l'espace de"
STANDS: list[tuple[str, dict[str, Any], str, bool]] = [
    (ACTIVE, {}, "n'a plus accès à l'espace de", True),
    (ACTIVE, {"statut": "À venir"}, NONE_YET, True),
    (PENDING, {}, NONE_YET, False),
    (DELEGATIONS[0], {}, "vous n'avez plus accès à l'espace de", True),
]


@pytest.mark.parametrize(("which", "changes", "said", "dated"), STANDS)
def test_what_closing_does_is_said_as_it_is(
    portal: Portal, services: FakeServices, which: str, changes: dict[str, Any], said: str, dated: bool
) -> None:
    status, held = services.answers[f"GET {OF}/{ACTIVE if which == DELEGATIONS[0] else which}"]
    services.answers[f"GET {OF}/{which}"] = (status, {**held, "delegation_id": which, **changes})
    page = portal.get(f"{LIST}/{which}/fermer")
    assert said in page.text
    assert (page.one("input", name="ends_on").get("type") != "hidden") is dated, "a pending one ends at once"
    assert ("session déjà ouverte" in page.text) is (said != NONE_YET)
    assert words(page.one("h1")).startswith(
        "Fermer votre propre" if which == DELEGATIONS[0] else "Fermer la délégation"
    )
    (button,) = [one for one in page.all("button") if words(one) == "Fermer la délégation"]
    assert button.get("class") == "danger"


def test_the_day_of_a_pending_one_is_shown_when_it_is_refused(portal: Portal) -> None:
    page = portal.post(f"{LIST}/{PENDING}/fermer", status=422, ends_on="31/02/2026")
    assert page.one("input", name="ends_on").get("type") == "text"
