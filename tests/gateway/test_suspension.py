"""« Suspendre jusqu'au … » and « Reprendre », on pages that say what they do (G19, M7, C8)."""

from contracts.words import why
from tests.gateway.examples import ACTIVE, ADHERENT, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal
from tests.gateway.test_pourquoi_grise import explained, without

LIST = f"{SPACE}/droits"
OF = f"/adherents/{ADHERENT}/delegations"
ONE = f"{LIST}/{ACTIVE}"


def suspended(services: FakeServices) -> None:
    """The delegation is suspended until 31/12/2026."""
    status, held = services.answers[f"GET {OF}/{ACTIVE}"]
    now = {"statut": "Suspendue", "statut_detail": "Jusqu'au 31/12/2026", "starts_on": "2027-01-01"}
    unavailable = {"modifier": why.SUSPENDED}
    more = {"actions": ["voir", "reprendre", "fermer"], "unavailable": unavailable, "below": 2}
    services.answers[f"GET {OF}/{ACTIVE}"] = (status, {**held, **now, **more})


def test_the_page_of_one_leads_to_its_suspension(portal: Portal, services: FakeServices) -> None:
    assert f"{ONE}/suspendre" in portal.get(ONE).links()
    text = portal.get(f"{ONE}/suspendre").text
    assert "La suspension commence immédiatement" in text and "est conservé" in text
    assert portal.post(f"{ONE}/suspendre", until="31/12/2026", version="3").location == ONE
    (sent,) = [one for one in services.calls if one.path.endswith("/suspension")]
    assert sent.json == {"until": "2026-12-31"} and sent.headers["If-Match"] == '"3"'


def test_a_suspension_needs_its_day(portal: Portal) -> None:
    assert "Saisissez le dernier jour de la suspension." in portal.post(f"{ONE}/suspendre", 422, until="").text


def test_m7_is_said_on_the_page(portal: Portal, services: FakeServices) -> None:
    sentence = "Au moins un administrateur doit rester actif."
    services.refuse(f"POST {OF}/{ACTIVE}/suspension", 409, "dernier_administrateur", sentence)
    assert sentence in portal.post(f"{ONE}/suspendre", 409, until="31/12/2026").text


def test_what_is_suspended_says_until_when_and_is_taken_up_again(portal: Portal, services: FakeServices) -> None:
    suspended(services)
    shown = portal.get(ONE)
    assert "Suspendue – Jusqu'au 31/12/2026" in shown.text and f"{ONE}/reprendre" in shown.links()
    assert explained(shown, "Modifier").endswith(why.SUSPENDED) and f"{ONE}/suspendre" not in shown.links()
    assert "avec les droits qui lui avaient été accordés" in portal.get(f"{ONE}/reprendre").text
    assert portal.post(f"{ONE}/reprendre").location == ONE


def test_c8_an_administrator_s_asks_for_the_password_in_its_form(portal: Portal, services: FakeServices) -> None:
    suspended(services)
    assert not portal.get(f"{ONE}/reprendre").all("input", type="password")
    sentence = "Pour votre sécurité, saisissez de nouveau votre mot de passe."
    services.refuse(f"POST {OF}/{ACTIVE}/resumption", 403, "reauthentification_requise", sentence)
    assert portal.post(f"{ONE}/reprendre", 403).all("input", type="password")


def test_who_is_alone_is_not_suspended_and_the_page_says_why(portal: Portal, services: FakeServices) -> None:
    without(services, suspendre=why.ALONE)
    assert explained(portal.get(ONE), "Suspendre").endswith(why.ALONE)
    assert explained(portal.get(f"{ONE}/suspendre"), "Suspendre la délégation").endswith(why.ALONE)
