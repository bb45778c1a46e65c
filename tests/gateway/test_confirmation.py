"""The administrator confirms or refuses (G52, G53, AA9)."""

import pytest

from tests.gateway.examples import ADHERENT, PENDING
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, words

PAGE = f"/delegations/{PENDING}/confirmation"
OF = f"/adherents/{ADHERENT}/delegations/{PENDING}"


def test_g52_login_first_then_back_to_the_demand(visitor: Portal) -> None:
    assert visitor.get(PAGE, 302).location == f"/connexion?suite={PAGE}"


def test_g52_who_which_rights_and_which_dates_before_the_button(portal: Portal, services: FakeServices) -> None:
    page = portal.get(PAGE)
    for text in ("Claire Martin", "martin@example.com", "16/04/2019", "Mes déclarations nominatives", "Mise à jour"):
        assert page.text.index(text) < page.text.rindex("Confirmer")
    assert [b.get("value") for b in page.all("button", name="decision")] == ["refuser", "confirmer"]
    assert [call.method for call in services.calls if "delegations" in call.path] == ["GET", "GET"]


@pytest.mark.parametrize(
    ("decision", "verb", "said"),
    [
        ("confirmer", "confirmation", "La délégation est confirmée."),
        ("refuser", "refusal", "La délégation est refusée."),
    ],
)
def test_the_decision_is_made_by_a_post(
    portal: Portal, services: FakeServices, decision: str, verb: str, said: str
) -> None:
    assert portal.post(PAGE, decision=decision).location == PAGE
    assert len(services.called(f"POST {OF}/{verb}")) == 1
    status, held = services.answers[f"GET {OF}"]
    services.answers[f"GET {OF}"] = (status, {**held, "statut": "Actif", "statut_detail": None, "actions": ["voir"]})
    page = portal.get(PAGE)
    (told,) = [words(one) for one in page.all("p") if "avis" in one.get("class", "")]
    assert told.startswith(said)
    assert "Son statut : Actif." in page.text and "n'attend pas de confirmation" not in page.text


def test_somebody_already_decided(portal: Portal, services: FakeServices) -> None:
    status, held = services.answers[f"GET {OF}"]
    services.answers[f"GET {OF}"] = (status, {**held, "statut": "Actif", "statut_detail": None, "actions": ["voir"]})
    services.refuse(f"POST {OF}/confirmation", 409, "rien_a_confirmer", "Cette délégation est déjà confirmée.")
    portal.post(PAGE, decision="confirmer")
    page = portal.get(PAGE)
    assert "Cette délégation est déjà confirmée." in page.text
    assert "Son statut : Actif" in page.text
    assert page.all("button", name="decision") == []


def test_an_unknown_decision_changes_nothing(portal: Portal, services: FakeServices) -> None:
    portal.post(PAGE, status=422, decision="autre")
    assert [call for call in services.calls if call.method == "POST" and "delegations" in call.path] == []


def test_aa22_a_delegation_i_do_not_administer_is_not_found(portal: Portal, services: FakeServices) -> None:
    services.refuse(f"GET /delegations/{PENDING}", 404, "introuvable", "")
    assert "Page ou élément introuvable." in portal.get(PAGE, 404).text


def test_the_reason_of_a_refusal_is_sent_and_is_nobodys_duty(portal: Portal, services: FakeServices) -> None:
    portal.post(PAGE, decision="refuser", reason="Il a quitté le cabinet.")
    portal.post(PAGE, decision="refuser")
    sent = [call.json for call in services.called(f"POST {OF}/refusal")]
    assert sent == [{"reason": "Il a quitté le cabinet."}, {"reason": ""}]


def test_a_reason_that_is_refused_is_shown_again_and_nothing_is_decided(portal: Portal, services: FakeServices) -> None:
    services.refuse(f"POST {OF}/refusal", 422, "invalide", "", ("reason", "Ce champ contient un caractère interdit."))
    page = portal.post(PAGE, status=422, decision="refuser", reason="a\u202eb")
    assert "Ce champ contient un caractère interdit." in page.text
    assert page.one("input", name="reason").get("aria-invalid") == "true"
    assert len(services.called(f"POST {OF}/refusal")) == 1
