"""« Modifier identifiant » and the pages behind its two links (G74, G75, T5, AA9, AA17, AA18)."""

import pytest

from gateway.kit.session import COOKIE
from tests.gateway.examples import IDENTIFIER
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal

FORM = {"email": "paul.durand@example.com", "mot_de_passe_actuel": "Chantier-26"}
M3 = "Ce lien n'est plus valable. Vous pouvez en demander un nouveau."
PATH = "/mon-compte/identifiant"


def test_g75_the_page_warns_in_the_words_of_the_guide_and_says_what_follows(portal: Portal) -> None:
    page = portal.get(PATH)
    assert (
        "ATTENTION, la modification de votre identifiant entraîne une désactivation de votre compte. Pour le réactiver,"
        " vous devez cliquer sur le lien d'activation qui vous est transmis sur la nouvelle adresse électronique"
        " renseignée."
    ) in page.text
    for said in ("toutes vos sessions sont fermées", "valable 24 heures", "annuler la modification pendant 72 heures"):
        assert said in page.text
    assert page.one("input", id="actuel").get("value") == "durand@example.com"


def test_g75_the_new_address_is_asked_once_with_the_current_password(portal: Portal, services: FakeServices) -> None:
    answer = portal.post(PATH, **FORM)
    assert answer.location == "/identifiant/demande"
    assert services.called("POST /account/identifier")[0].json == FORM
    assert COOKIE not in str(answer.response.headers)  # whether the session ended is identity's to say (AA18)
    page = portal.get(answer.location)
    assert IDENTIFIER in page.text
    assert "permet d'annuler la modification" in page.text


def test_empty_fields_are_said_and_nothing_is_asked(portal: Portal, services: FakeServices) -> None:
    page = portal.post(PATH, 422)
    assert "Saisissez votre nouvelle adresse électronique." in page.text
    assert "Saisissez votre mot de passe actuel." in page.text
    assert services.called("POST /account/identifier") == []


@pytest.mark.parametrize(
    ("field", "code", "sentence"),
    [
        ("mot_de_passe_actuel", "mot_de_passe_actuel_incorrect", "Le mot de passe actuel est incorrect."),
        ("email", "adresse_inchangee", "Cette adresse est déjà votre identifiant."),
        ("email", "courriel_invalide", "Adresse électronique invalide."),
    ],
)
def test_a_refusal_is_beside_its_field_and_the_password_is_not_shown_again_aa15(
    portal: Portal, services: FakeServices, field: str, code: str, sentence: str
) -> None:
    services.refuse("POST /account/identifier", 422, code, sentence, (field, sentence))
    page = portal.post(PATH, 422, **FORM)
    assert page.one("small", id=f"{field}-erreur").text == sentence
    assert page.field("email") == FORM["email"]
    assert page.field("mot_de_passe_actuel") is None


@pytest.mark.parametrize(("status", "code"), [(409, "identifiant_modifie_recemment"), (429, "trop_de_tentatives")])
def test_what_is_about_no_field_is_said_above_the_form(
    portal: Portal, services: FakeServices, status: int, code: str
) -> None:
    services.refuse("POST /account/identifier", status, code, "Trop de tentatives. Réessayez plus tard.")
    assert "Trop de tentatives. Réessayez plus tard." in portal.post(PATH, status, **FORM).text


def test_the_page_of_what_follows_is_the_same_for_everybody_and_names_nobody(visitor: Portal) -> None:
    page = visitor.get("/identifiant/demande")
    assert IDENTIFIER in page.text and "@" not in page.text


def test_opening_the_activation_link_does_nothing_and_its_button_activates_aa9(
    visitor: Portal, services: FakeServices
) -> None:
    link = visitor.follow("identifiant")
    page = visitor.get(link)
    assert "paul.durand@example.com" in page.text and "durand@example.com" not in page.text.replace("paul.durand", "")
    assert services.called("POST /identifier-changes/activation") == []
    answer = visitor.post(link)
    assert services.called("POST /identifier-changes/activation")[0].json == {"token": "jeton"}
    assert answer.location == "/connexion"
    assert f"__Host-lien-{link.rpartition('/')[2]}=;" in str(answer.response.headers)
    assert "Votre compte est réactivé." in visitor.get("/connexion").text


def test_t5_the_former_address_sees_what_it_undoes_before_it_does(visitor: Portal, services: FakeServices) -> None:
    link = visitor.follow("annulation")
    page = visitor.get(link)
    assert "paul.durand@example.com non activé" in page.text
    assert services.called("POST /identifier-changes/undo") == []
    answer = visitor.post(link)
    assert services.called("POST /identifier-changes/undo")[0].json == {"token": "jeton"}
    assert f"__Host-lien-{link.rpartition('/')[2]}=;" in str(answer.response.headers)
    shown = visitor.get(answer.location).text
    assert "La modification est annulée" in shown and "Votre mot de passe ne sert plus" in shown


@pytest.mark.parametrize(
    ("purpose", "call", "hint"),
    [
        ("identifiant", "activation", "connectez-vous avec votre identifiant précédent"),
        ("annulation", "undo", "Prévenez aussitôt votre caisse."),
    ],
)
def test_m3_a_dead_link_says_what_to_do(
    visitor: Portal, services: FakeServices, purpose: str, call: str, hint: str
) -> None:
    services.refuse(f"POST /identifier-changes/{call}/lookup", 410, "lien_perime", M3)
    services.refuse(f"POST /identifier-changes/{call}", 410, "lien_perime", M3)
    link = visitor.follow(purpose)
    for shown in (visitor.get(link, 410), visitor.post(link, 410)):
        assert M3 in shown.text and hint in shown.text
