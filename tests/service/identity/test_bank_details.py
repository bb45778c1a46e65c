"""Who asks for new bank details proves himself (G78): recent password, a code on a mobile certified for a while;
the proof is worth nothing once his account changed."""

import pytest

from backbone.ids import new_id
from contracts.words.acts import Act
from tests.service.identity.conftest import OTHER, PASSWORD
from tests.service.identity.test_account import CODE, CONTACT, certified, change, newest, send, wrong

GIVEN, ENDED = "bank_proof.given.v1", "bank_proof.ended.v1"
ADHERENT, ANOTHER = str(new_id()), str(new_id())


def ask(identity, account, adherent=ADHERENT):
    return identity.post("/account/bank-details/code", {"adherent_id": adherent}, as_=account)


def prove(identity, account, code=None, adherent=ADHERENT):
    body = {"adherent_id": adherent, "code": code or newest(identity)}
    return identity.post("/account/bank-details/proof", body, as_=account)


def certify(identity, account):
    assert send(identity, account).status == 202
    assert identity.certify(account, newest(identity)).status == 204


@pytest.fixture
def claire(identity):
    """Her mobile has been certified for two days."""
    account = identity.active()
    certify(identity, account)
    identity.wait(hours=48)
    identity.under.clear()
    return account


def proved(identity, account):
    """She asked and gave the code back."""
    assert ask(identity, account).status == 202
    assert prove(identity, account).status == 204
    (event,) = identity.recorded(GIVEN)
    return event.data


def acts(identity, account):
    return [one["act"] for one in identity.get("/account/activity", as_=account).json["items"]]


def test_g78_asked_with_a_code_that_says_what_it_is_for(identity, claire):
    data = proved(identity, claire)
    assert (data["account_id"], str(data["adherent_id"])) == (claire, ADHERENT)
    (code,) = identity.recorded(CODE)
    assert (code.data["purpose"], code.data["telephone_mobile"]) == ("coordonnees_bancaires", "+33612345678")
    assert acts(identity, claire)[:2] == [Act.BANK_PROVED, Act.BANK_CODE_SENT]


def test_g78_an_uncertified_mobile_proves_nothing(identity):
    account = identity.active()
    answer = ask(identity, account)
    assert (answer.status, answer.json["code"]) == (409, "mobile_non_certifie")
    assert identity.recorded(CODE) == []


def test_g78_a_mobile_certified_a_moment_ago_waits(identity):
    account = identity.active()
    certify(identity, account)
    identity.wait(hours=47, minutes=59)
    assert ask(identity, account).json["code"] == "mobile_certifie_recemment"
    identity.wait(minutes=1)
    assert ask(identity, account).status == 202


def test_g78_after_ninety_days_it_is_certified_again_and_goes_on_at_once(identity):
    account = identity.active()
    certify(identity, account)
    first = identity.get("/account", as_=account).json
    assert send(identity, account).json["code"] == "mobile_deja_certifie"
    identity.wait(days=90)
    assert ask(identity, account).json["code"] == "mobile_a_certifier_de_nouveau"
    certify(identity, account)
    again = identity.get("/account", as_=account).json
    assert again["mobile_certified_at"] == first["mobile_certified_at"]
    assert again["mobile_usable_from"] == first["mobile_usable_from"] < first["mobile_usable_until"]
    identity.wait(minutes=1)
    assert ask(identity, account).status == 202


def test_g78_c8_the_password_is_recent_for_the_code_and_for_the_proof(identity, claire):
    identity.under.proved_at = identity.clock.now()
    assert ask(identity, claire).status == 202
    identity.wait(minutes=6)
    assert prove(identity, claire).json["code"] == "reauthentification_requise"
    assert ask(identity, claire).json["code"] == "reauthentification_requise"
    identity.under.proved_at = identity.clock.now()
    assert prove(identity, claire).status == 204


def test_g78_the_code_is_of_that_request_alone(identity, claire):
    assert ask(identity, claire).status == 202
    code = newest(identity)
    assert prove(identity, claire, code, ANOTHER).json["code"] == "code_incorrect"
    assert identity.certify(claire, code).json["code"] == "code_incorrect"
    assert prove(identity, claire, code).status == 204
    assert prove(identity, claire, code).json["code"] == "code_incorrect"
    assert len(identity.recorded(GIVEN)) == 1


def test_g78_five_wrong_codes_kill_it(identity, claire):
    assert ask(identity, claire).status == 202
    code = newest(identity)
    assert {prove(identity, claire, wrong(code)).status for _ in range(5)} == {422}
    assert prove(identity, claire, code).status == 422
    assert identity.recorded(GIVEN) == []


def test_g78_codes_are_braked_as_all_are(identity, claire):
    assert ask(identity, claire).status == 202
    assert ask(identity, claire).status == 429


def other_mobile(identity, account):
    assert change(identity, account, telephone_mobile="06 98 76 54 32").status == 204
    assert not certified(identity, account)


def other_password(identity, account):
    body = {"mot_de_passe_actuel": PASSWORD, "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.put("/account/password", body, as_=account).status == 204


def forgotten_password(identity, account):
    identity.asked_reset()
    form = {"token": identity.link("password_reset.requested.v1"), "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.post("/password-resets/complete", form).status == 204


def other_address(identity, account):
    assert identity.ask_identifier(identity.login().json["access_token"]).status == 202


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (other_mobile, "mobile"),
        (other_password, "mot_de_passe"),
        (forgotten_password, "mot_de_passe"),
        (other_address, "identifiant"),
    ],
)
def test_g78_a_changed_account_ends_what_was_proved(identity, claire, changes, reason):
    proof = proved(identity, claire)["proof_id"]
    changes(identity, claire)
    (event,) = identity.recorded(ENDED)
    assert (event.data["proof_id"], event.data["reason"], event.sequence) == (proof, reason, 2)


def test_g78_undoing_a_change_of_address_ends_what_was_proved_since(identity, claire):
    assert identity.ask_identifier(identity.login().json["access_token"]).status == 202
    activation, undo = identity.change_links()
    assert identity.activate(activation).status == 204
    proof = proved(identity, claire)["proof_id"]
    assert identity.undo(undo).status == 204
    assert [one.data["proof_id"] for one in identity.recorded(ENDED)] == [proof]


def test_g78_other_contact_details_end_nothing(identity, claire):
    proved(identity, claire)
    assert change(identity, claire, **{**CONTACT, "nom": "Durand"}).status == 204
    assert identity.recorded(ENDED) == []


def test_g78_what_is_old_is_forgotten(identity, claire):
    proved(identity, claire)
    identity.wait(days=367)
    assert identity.under.run_job("purge")
    other_mobile(identity, claire)
    assert identity.recorded(ENDED) == []
