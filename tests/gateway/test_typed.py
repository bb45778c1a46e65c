"""What is typed or pasted into a page, and how a name is shown there."""

import pytest

from tests.gateway.examples import ADHERENT
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, words
from tests.gateway.test_droits import BENEFICIARY, LIST, STEP_2


@pytest.mark.parametrize("email", ["\ufeff contact@example.com\u200b", "contact@straße.example.com"])
def test_an_address_is_taken_as_it_is_pasted(portal: Portal, email: str) -> None:
    page = portal.get(portal.post(STEP_2, **{**BENEFICIARY, "email": email}).location)
    assert page.field("email") == email.strip("\ufeff\u200b ")


@pytest.mark.parametrize("email", ["=?utf-8?q?a?=@example.com", "cla\u200bire@example.com", "a@b", "a@exam_ple.com"])
def test_what_is_no_address_is_told_before_the_rights_are_filled(portal: Portal, email: str) -> None:
    page = portal.post(STEP_2, status=422, **{**BENEFICIARY, "email": email})
    assert words(page.one("small", id="email-erreur")) == "Adresse électronique invalide."


def test_a_firm_known_by_its_name_alone_has_its_address_typed_g21(portal: Portal, services: FakeServices) -> None:
    status, card = services.answers[f"GET /adherents/{ADHERENT}"]
    firm = {"cabinet_comptable": {"nom": "COMPTAGESTION", "email": None}}
    services.answers[f"GET /adherents/{ADHERENT}"] = (status, {**card, **firm})
    assert portal.get(f"{LIST}/cabinet").field("email") == ""


def test_a_name_stands_alone_among_our_words(portal: Portal) -> None:
    shown = [words(one) for one in portal.get(LIST).all("bdi")]
    assert {"COMPTAGESTION", "Paul", "Durand"} <= set(shown)
