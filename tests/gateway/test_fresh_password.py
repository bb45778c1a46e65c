"""The password asked again to make an administrator (C8, M1, M6, C3): in the same form, nothing typed is lost."""

from typing import Any

import pytest

from gateway.kit.session import COOKIE
from tests.gateway.examples import ACTIVE, ADHERENT, ANSWERS, FULL, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, Shown
from tests.gateway.refusal import refusal

LIST = f"{SPACE}/droits"
STEP_2 = f"{LIST}/nouvelle/etape-2"
CHANGE = f"{LIST}/{ACTIVE}/modifier"
OPEN = f"POST /adherents/{ADHERENT}/delegations"
PUT = f"PUT /adherents/{ADHERENT}/delegations/{ACTIVE}"
PROOF = "POST /sessions/reauthenticate"
TYPED = {"email": "adjoint@example.com", "starts_on": "2026-12-01", "ends_on": "2027-06-30", "kind": "collaborateur"}
WRONG = "Ce mot de passe est incorrect."
KEY = "01930000-0000-7000-8000-00000000aaaa"
SENTENCE = "Pour votre sécurité, saisissez de nouveau votre mot de passe."
M1 = "Adresse électronique ou mot de passe incorrect."
M6 = "Trop de tentatives. Réessayez plus tard."
OLD = refusal(403, "reauthentification_requise", SENTENCE)


@pytest.fixture
def old(services: FakeServices) -> FakeServices:
    """The services of somebody who gave his password long ago: delegation wants it again, identity takes it."""
    for call in (OPEN, PUT):
        services.answers[call] = _refused_until_proved(services, services.answers[call])
    status, proved = ANSWERS[PROOF]
    services.answers[PROOF] = (status, {**proved, "access_token": "jeton-prouve"})
    return services


def _refused_until_proved(services: FakeServices, answer: Any) -> Any:
    def decide(_: dict[str, str]) -> Any:
        return answer if services.calls[-1].headers["Authorization"] == "Bearer jeton-prouve" else OLD

    return decide


def sent_by(page: Shown, **typed: str) -> dict[str, Any]:
    """What a browser sends with « Valider »: the form as the page shows it, and what is typed into it."""
    (form,) = [one for one in page.all("form", method="post") if one.get("class") == "carte"]
    data: dict[str, Any] = {}
    for field in form.iter("input"):
        ticked = field.get("type") not in ("radio", "checkbox") or field.get("checked") is not None
        if ticked and field.get("disabled") is None:
            data.setdefault(field.get("name", ""), []).append(field.get("value", ""))
    return {**data, **typed, "token": data.pop("csrf_token")[0]}


def asked_again(page: Shown, sentence: str) -> None:
    """The page shows the password's field, empty, with the sentence beside it."""
    assert page.one("input", name="mot_de_passe").get("type") == "password"
    assert page.field("mot_de_passe") is None
    assert page.one("small", id="mot_de_passe-erreur").text == sentence
    assert "les droits d'administration demandent votre mot de passe" in page.text


def test_c8_an_administrator_is_opened_after_the_password_as_he_was_typed(portal: Portal, old: FakeServices) -> None:
    first = portal.get(portal.post(STEP_2, etape="1", **TYPED).location)
    assert first.all("small", id="mot_de_passe-erreur") == []
    page = portal.post(STEP_2, status=403, **sent_by(first, administrator="1"))
    asked_again(page, SENTENCE)
    done = portal.post(STEP_2, **sent_by(page, mot_de_passe=" Chantier-26 "))
    assert done.location == LIST
    proof = old.called(PROOF)[0].json
    assert (proof["session"], proof["mot_de_passe"]) == ("session-en-cours", " Chantier-26 ")
    assert f"{COOKIE}=session-prouvee" in str(done.response.headers)
    opened = old.called(OPEN)[1]
    rights = {"administrator": True, "colleges": ["ouvriers", "etam", "cadres"], "rights": FULL}
    assert opened.json == {**TYPED, **rights}
    assert "La délégation est enregistrée. Un courriel va être envoyé à adjoint@example.com." in portal.get(LIST).text


def test_c8_m1_a_wrong_password_keeps_what_was_typed_and_opens_nothing(portal: Portal, old: FakeServices) -> None:
    right = old.answers[PROOF]
    old.refuse(PROOF, 401, "identifiants_incorrects", M1)
    page = portal.post(STEP_2, status=403, etape="2", cle=KEY, administrator="1", **TYPED)
    page = portal.post(STEP_2, status=422, **sent_by(page, mot_de_passe="Faux-26"))
    asked_again(page, WRONG)
    assert len(old.called(OPEN)) == 1
    assert {name: page.field(name) for name in TYPED} == TYPED
    assert page.one("input", id="administrator").get("checked") is not None
    old.answers[PROOF] = right
    assert portal.post(STEP_2, **sent_by(page, mot_de_passe="Chantier-26")).location == LIST


def test_c8_m6_too_many_passwords_are_said_beside_the_field(portal: Portal, old: FakeServices) -> None:
    old.refuse(PROOF, 429, "trop_de_tentatives", M6)
    typed = {"administrator": "1", "mot_de_passe": "Faux-26", **TYPED}
    asked_again(portal.post(STEP_2, status=429, etape="2", cle=KEY, **typed), M6)
    assert old.called(OPEN) == []


def test_c8_a_session_that_died_meanwhile_leads_to_the_login_page(portal: Portal, old: FakeServices) -> None:
    old.refuse(PROOF, 401, "session_terminee", "Votre session a expiré. Reconnectez-vous.")
    gone = portal.post(STEP_2, status=302, etape="2", cle=KEY, administrator="1", mot_de_passe="C", **TYPED)
    assert gone.location.startswith("/connexion")


def test_c8_the_password_is_not_carried_to_step_1(portal: Portal, old: FakeServices) -> None:
    typed = {"administrator": "1", "mot_de_passe": "Chantier-26", **TYPED}
    page = portal.get(portal.post(STEP_2, etape="2", retour="1", cle=KEY, **typed).location)
    assert "Chantier-26" not in page.response.text
    assert old.called(PROOF) == []


def test_c8_a_user_becomes_an_administrator_after_the_password(portal: Portal, old: FakeServices) -> None:
    first = portal.get(CHANGE)
    page = portal.post(CHANGE, status=403, **sent_by(first, administrator="1", ends_on="2028-01-31"))
    asked_again(page, SENTENCE)
    assert portal.post(CHANGE, **sent_by(page, mot_de_passe="Chantier-26")).location == f"{LIST}/{ACTIVE}"
    changed = old.called(PUT)[1]
    assert changed.headers["If-Match"] == '"3"'
    assert changed.json == {
        "starts_on": "2019-04-16",
        "ends_on": "2028-01-31",
        **{"administrator": True, "colleges": ["ouvriers", "etam", "cadres"], "rights": FULL},
    }


def test_c8_m1_a_wrong_password_keeps_the_change(portal: Portal, old: FakeServices) -> None:
    old.refuse(PROOF, 401, "identifiants_incorrects", M1)
    typed = {"version": "3", "starts_on": "2019-04-16", "ends_on": "2028-01-31", "administrator": "1"}
    page = portal.post(CHANGE, status=422, mot_de_passe="Faux-26", **typed)
    asked_again(page, WRONG)
    assert page.field("ends_on") == "2028-01-31"
    assert page.one("input", id="administrator").get("checked") is not None
    assert old.called(PUT) == []


def test_c8_m1_a_wrong_password_keeps_the_new_mobile(portal: Portal, services: FakeServices) -> None:
    services.refuse(PROOF, 401, "identifiants_incorrects", M1)
    typed = {"nom": "Durand", "prenom": "Paul", "version": "4", "pays_mobile": "+33", "telephone_mobile": "0639980002"}
    page = portal.post("/mon-compte/contact", status=422, mot_de_passe="Faux-26", **typed)
    assert page.one("small", id="mot_de_passe-erreur").text == WRONG
    assert page.field("telephone_mobile") == "0639980002"
    assert services.called("PUT /account/contact") == []
