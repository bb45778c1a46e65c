"""« Certifier » on the page that completes an account (G50): the code is bound to the link and to the number."""

import pytest

NUMBER = "06 12 34 56 78"
CODE = "mobile_code.issued.v1"


def send(identity, token, number=NUMBER):
    return identity.post("/invitations/mobile/code", {"token": token, "telephone_mobile": number})


def certify(identity, token, code=None):
    code = code or identity.sealed(CODE)[-1]["code"]
    return identity.post("/invitations/mobile/certification", {"token": token, "code": code})


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def shown(identity, token):
    return identity.post("/invitations/lookup", {"token": token}).json["mobile_certified"]


def completed(identity):
    return identity.recorded("account.completed.v1")[-1].data["mobile_certified"]


@pytest.fixture
def token(identity):
    identity.opened()
    return identity.link()


def test_the_number_of_a_new_account_is_certified_before_its_first_login_g50(identity, token):
    assert send(identity, token).json == {"masked": "06 •• •• •• 78"}
    assert certify(identity, token).status == 204
    assert shown(identity, token) == "+33612345678"
    assert identity.complete(token).status == 200
    assert completed(identity) is True


def test_a_code_is_no_certificate_until_it_comes_back(identity, token):
    send(identity, token)
    assert shown(identity, token) is None
    identity.complete(token)
    assert completed(identity) is False


def test_another_number_typed_since_is_not_certified(identity, token):
    send(identity, token, "06 99 99 99 99")
    certify(identity, token)
    identity.complete(token)
    assert completed(identity) is False


def test_the_code_of_one_link_is_wrong_by_another_m13(identity, token):
    identity.opened("denis@example.com")
    other = identity.link()
    send(identity, token)
    refused = certify(identity, other)
    assert (refused.status, refused.json["code"]) == (422, "code_incorrect")
    assert shown(identity, other) is None
    assert certify(identity, token).status == 204


def test_five_tries_then_the_right_code_is_wrong_too_c5(identity, token):
    send(identity, token)
    right = identity.sealed(CODE)[-1]["code"]
    refused = [certify(identity, token, wrong(right)) for _ in range(5)]
    assert [one.status for one in refused] == [422] * 5
    assert refused[2].json["errors"][1]["message"] == "Il vous reste 2 essais."
    assert certify(identity, token, right).status == 422


def test_a_dead_link_sends_and_certifies_nothing_m3(identity, token):
    identity.complete(token)
    assert send(identity, token).status == 410
    assert certify(identity, token, "123456").status == 410
    assert identity.recorded(CODE) == []


def test_the_limits_of_sms_hold_for_who_has_no_account_yet_m6(identity, token):
    assert [send(identity, token).status for _ in range(2)] == [202, 429]


@pytest.mark.parametrize(("number", "why"), [("", "mobile_absent"), ("04 72 00 00 00", "telephone_invalide")])
def test_only_a_mobile_number_is_certified_aa39(identity, token, number, why):
    refused = send(identity, token, number)
    assert (refused.status, refused.json["errors"][0]["code"]) == (422, why)
    assert refused.json["errors"][0]["field"] == "telephone_mobile"


def test_a_certified_number_costs_no_second_sms(identity, token):
    send(identity, token)
    certify(identity, token)
    identity.wait(minutes=2)
    assert send(identity, token).status == 409
    assert send(identity, token, "06 99 99 99 99").status == 202


def test_what_is_no_code_costs_no_try(identity, token):
    send(identity, token)
    assert {certify(identity, token, "abc").json["code"] for _ in range(6)} == {"code_illisible"}
    assert certify(identity, token).status == 204
