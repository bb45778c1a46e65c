"""Completing an account (G44–G53): the form's rules, the link's single use, and login only once confirmed."""

import pytest

from backbone.ids import new_id

PASSWORD = "Vélo-grimpe 7 cols"


def errors(answer):
    return [(error["field"], error["code"]) for error in answer.json["errors"]]


def test_completing_identifies_and_announces_the_account_g51(identity):
    identity.opened()
    answer = identity.complete(identity.link())
    assert (answer.status, answer.json) == (200, {"founder": False})
    (account,) = identity.recorded("account.completed.v1")
    assert (account.data["status"], account.data["telephone_mobile"]) == ("complete", "+33612345678")
    assert account.data["mobile_certified"] is False


def test_a_founding_administrator_logs_in_at_once_and_nothing_changes_when_his_delegation_is_confirmed_g51(identity):
    state = identity.opened(kind="fondateur", administrator=True)
    assert identity.complete(identity.link()).json == {"founder": True}
    assert identity.recorded("account.completed.v1")[0].data["status"] == "actif"
    assert identity.login().status == 201
    identity.announce("delegation.confirmed.v1", state, 3, confirmed_at=identity.clock.now())
    assert identity.recorded("account.updated.v1") == []


def test_nobody_logs_in_before_an_administrator_confirmed_g52_m1(identity):
    state = identity.opened()
    identity.complete(identity.link())
    refused = identity.login()
    assert (refused.status, refused.json["detail"]) == (401, "Adresse électronique ou mot de passe incorrect.")
    identity.announce("delegation.confirmed.v1", state, 3, confirmed_at=identity.clock.now())
    assert identity.login().status == 201
    (event,) = identity.recorded("account.updated.v1")
    assert event.data["status"] == "actif"


def test_a_link_works_once_aa6(identity):
    identity.opened()
    assert identity.complete(identity.link()).status == 200
    again = identity.complete(identity.link())
    assert (again.status, again.json["code"]) == (410, "lien_perime")
    assert again.json["detail"] == "Ce lien n'est plus valable. Vous pouvez en demander un nouveau."


def test_the_same_request_again_gets_the_same_answer_c3(identity):
    identity.opened()
    key = {"Idempotency-Key": str(new_id())}
    form = {"token": identity.link(), "mot_de_passe": PASSWORD, "confirmation": PASSWORD, "nom": "M", "prenom": "C"}
    answers = [identity.post("/invitations/complete", form, headers=key) for _ in range(2)]
    assert [one.status for one in answers] == [200, 200]
    assert len(identity.recorded("account.completed.v1")) == 1


def test_a_link_dies_after_seven_days_aa7(identity):
    identity.opened()
    identity.wait(days=6, hours=23, minutes=59)
    assert identity.post("/invitations/lookup", {"token": identity.link()}).status == 200
    identity.wait(minutes=1)
    assert identity.complete(identity.link()).status == 410


def test_an_altered_link_is_dead_like_any_other_aa8(identity):
    identity.opened()
    token = identity.link()
    for wrong in ("A" + token[1:] if token[0] != "A" else "B" + token[1:], token[:-1], token * 2, "", "é"):
        answer = identity.complete(wrong)
        assert (answer.status, answer.json["code"]) == (410, "lien_perime")


WRONG = [
    ({"mot_de_passe": "Kz7mWq2", "confirmation": "Kz7mWq2"}, ("mot_de_passe", "mot_de_passe_trop_court")),
    ({"mot_de_passe": "kz7mwq2t", "confirmation": "kz7mwq2t"}, ("mot_de_passe", "mot_de_passe_trop_simple")),
    ({"mot_de_passe": "Azerty123", "confirmation": "Azerty123"}, ("mot_de_passe", "mot_de_passe_trop_courant")),
    ({"mot_de_passe": "Durand2026!", "confirmation": "Durand2026!"}, ("mot_de_passe", "mot_de_passe_trop_courant")),
    ({"mot_de_passe": "Aa1" * 43, "confirmation": "Aa1" * 43}, ("mot_de_passe", "mot_de_passe_trop_long")),
    ({"confirmation": "autre"}, ("confirmation", "confirmation_differente")),
    ({"nom": " "}, ("nom", "nom_invalide")),
    ({"nom": "x" * 101}, ("nom", "nom_invalide")),
    ({"prenom": "Claire\r\nBcc: x@y"}, ("prenom", "nom_invalide")),
    ({"telephone_fixe": "+1 202 555 0123"}, ("telephone_fixe", "telephone_invalide")),
    ({"telephone_mobile": "01 23 45 67 89"}, ("telephone_mobile", "telephone_invalide")),
    ({"telephone_mobile": "0899 12 34 56"}, ("telephone_mobile", "telephone_invalide")),
]


def test_a_wrong_field_is_named_and_the_link_stays_aa11_aa12_aa14_aa39_aa47(identity):
    identity.opened()
    for changes, expected in WRONG:
        answer = identity.complete(identity.link(), **changes)
        assert (answer.status, errors(answer)) == (422, [expected])
    assert identity.recorded("account.completed.v1") == []
    assert identity.complete(identity.link()).status == 200


def test_all_wrong_fields_are_named_at_once(identity):
    identity.opened()
    answer = identity.complete(identity.link(), nom="", telephone_mobile="12", confirmation="x")
    assert {field for field, _ in errors(answer)} == {"confirmation", "nom", "telephone_mobile"}


def test_an_unknown_property_is_refused_aa51(identity):
    identity.opened()
    answer = identity.complete(identity.link(), role="administrateur")
    assert (answer.status, errors(answer)[0][0]) == (422, "role")


def test_a_nul_character_is_unreadable_c2(identity):
    identity.opened()
    assert identity.complete(identity.link(), nom="Mar\0tin").status == 400


@pytest.mark.parametrize("password", ["  Épi d'été bleu 4", "Grue🏗️ et béton 12"])
def test_a_password_is_verified_exactly_as_typed_aa13(identity, password):
    state = identity.opened()
    assert identity.complete(identity.link(), mot_de_passe=password, confirmation=password).status == 200
    identity.announce("delegation.confirmed.v1", state, 3, confirmed_at=identity.clock.now())
    assert identity.login(password=password.strip() + " ").status == 401
    assert identity.login(password=password).status == 201
