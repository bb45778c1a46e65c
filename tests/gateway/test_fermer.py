"""« Fermeture de la délégation »: what it takes with it, and the last administrator (G19, M7)."""

from tests.gateway.examples import ACTIVE, ADHERENT, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

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
