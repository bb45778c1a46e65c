"""« Certifier » on the page that completes an account (G50): by its link, and nothing that was typed is lost."""

import pytest

from tests.gateway.fake_services import FakeServices
from tests.gateway.invitation_examples import INVITATION
from tests.gateway.portal import Portal, words

TYPED = {"nom": "Martin", "prenom": "Claire", "pays_mobile": "+33", "telephone_mobile": "06 39 98 00 01"}
SEND, CERTIFY = "POST /invitations/mobile/code", "POST /invitations/mobile/certification"


@pytest.fixture
def opening(visitor: Portal) -> str:
    return visitor.follow("invitation")


def test_g50_a_code_is_sent_to_the_number_and_the_rest_stays(
    visitor: Portal, services: FakeServices, opening: str
) -> None:
    page = visitor.post(opening, 200, certifier="1", **TYPED)
    assert services.called(SEND)[0].json == {"token": "jeton", "telephone_mobile": "+33639980001"}
    assert page.one("input", name="code").get("autocomplete") == "one-time-code"
    assert "envoyé par SMS au 06 •• •• •• 01." in page.text
    assert (page.field("nom"), page.field("telephone_mobile")) == ("Martin", "06 39 98 00 01")
    assert services.called("POST /invitations/complete") == []


def test_g50_the_right_code_shows_the_logo_beside_the_number(
    visitor: Portal, services: FakeServices, opening: str
) -> None:
    services.answers["POST /invitations/lookup"] = (200, {**INVITATION, "mobile_certified": "+33639980001"})
    page = visitor.post(opening, 200, verifier="1", code="123456", **TYPED)
    assert services.called(CERTIFY)[0].json == {"token": "jeton", "code": "123456"}
    assert "hidden" not in page.one("span", class_="certifie").attrib
    assert page.all("input", name="code") == []


def test_m13_a_wrong_code_is_said_beside_it(visitor: Portal, services: FakeServices, opening: str) -> None:
    said = ("Code incorrect ou expiré.", "Il vous reste 2 essais.")
    services.refuse(CERTIFY, 422, "code_incorrect", said[0], *(("code", one) for one in said))
    page = visitor.post(opening, 422, verifier="1", code="000000", **TYPED)
    assert words(page.one("small", id="code-erreur")) == " ".join(said)


def test_m6_too_many_codes_are_said_where_one_asked(visitor: Portal, services: FakeServices, opening: str) -> None:
    services.refuse(SEND, 429, "trop_de_tentatives", "Trop de tentatives. Réessayez plus tard.")
    page = visitor.post(opening, 429, certifier="1", **TYPED)
    assert "Trop de tentatives." in "".join(page.one("p", class_="erreur").itertext())


def test_m3_a_link_that_died_meanwhile_is_the_page_of_a_dead_link(
    visitor: Portal, services: FakeServices, opening: str
) -> None:
    services.refuse(SEND, 410, "lien_perime", "Ce lien n'est plus valable. Vous pouvez en demander un nouveau.")
    assert "Demander un nouveau lien" in visitor.post(opening, 410, certifier="1", **TYPED).text


def test_g50_another_number_than_the_certified_one_has_no_logo(
    visitor: Portal, services: FakeServices, opening: str
) -> None:
    services.answers["POST /invitations/lookup"] = (200, {**INVITATION, "mobile_certified": "+33612345678"})
    page = visitor.post(opening, 422, **TYPED)
    assert "hidden" in page.one("span", class_="certifie").attrib
