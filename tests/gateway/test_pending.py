"""A pending delegation: what its status says, when a new link may leave, and whom the pages name (K6, K14, M6)."""

from typing import Any

from tests.gateway.examples import ADHERENT, DELEGATIONS, PENDING, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

LIST = f"{SPACE}/droits"
INVITED = DELEGATIONS[4]
OF = f"/adherents/{ADHERENT}/delegations"
SENT = "Invitation envoyée le 23/11/2026, lien ouvert le 24/11/2026, expire le 30/11/2026"
M6 = "Trop de tentatives. Réessayez plus tard."


def becomes(services: FakeServices, delegation_id: str, **changes: Any) -> None:
    """The service says something else of that delegation."""
    status, held = services.answers[f"GET {OF}/{delegation_id}"]
    services.answers[f"GET {OF}/{delegation_id}"] = (status, {**held, **changes})


def test_the_list_and_the_page_say_what_happened_to_the_invitation(portal: Portal) -> None:
    assert SENT in portal.get(LIST).text
    page = portal.get(f"{LIST}/{INVITED}").text
    assert SENT in page and "Compte à compléter par le bénéficiaire" in page


def test_m6_a_resend_over_the_limit_is_refused_on_the_same_page_with_its_time(
    portal: Portal, services: FakeServices
) -> None:
    services.refuse(f"POST {OF}/{INVITED}/invitation", 429, "trop_de_tentatives", M6, retry_after="1800")
    page = portal.post(f"{LIST}/{INVITED}/invitation", status=429)
    assert M6 in page.text and "Nouvel envoi possible le 23/11/2026 à" in page.text
    assert SENT in page.text and "Envoyer un nouveau lien" in page.text
    assert page.response.headers["Retry-After"] == "1800"


def test_what_was_asked_is_not_told_as_done(portal: Portal) -> None:
    portal.post(f"{LIST}/{INVITED}/invitation")
    page = portal.get(f"{LIST}/{INVITED}").text
    assert "Un nouveau lien va être envoyé au bénéficiaire." in page and "est envoyé" not in page


def test_k14_who_had_an_account_is_not_named_before_the_confirmation(portal: Portal, services: FakeServices) -> None:
    becomes(services, PENDING, nom=None, prenom=None)
    page = portal.get(f"{LIST}/{PENDING}").text
    assert "Nom affiché une fois la délégation confirmée" in page and "Envoyer un nouveau lien" not in page


def test_k14_the_confirmation_is_given_on_the_address_that_was_typed(portal: Portal, services: FakeServices) -> None:
    becomes(services, PENDING, nom=None, prenom=None)
    page = portal.get(f"/delegations/{PENDING}/confirmation").text
    assert "Vérifiez l'adresse électronique" in page and "martin@example.com" in page
    assert [one in page for one in ("Refuser", "Confirmer")] == [True, True]
