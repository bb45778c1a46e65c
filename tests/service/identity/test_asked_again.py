"""An answer that was lost after its commit is given again, whatever the first time changed (C3)."""

from uuid import uuid4

from tests.service.identity.conftest import OTHER, PASSWORD

WORDS = {"mot_de_passe_actuel": PASSWORD, "mot_de_passe": OTHER, "confirmation": OTHER}
MOVE = {"email": "nouvelle@example.com", "mot_de_passe_actuel": PASSWORD}


def again(identity, method, path, body, times=2):
    """The statuses of one request made `times` times under one key by the session that asked first."""
    token, headers = identity.login().json["access_token"], {"Idempotency-Key": str(uuid4())}
    return [identity.under.call(method, f"/v1{path}", json=body, token=token, headers=headers) for _ in range(times)]


def test_a_changed_password_is_not_judged_against_itself(identity):
    identity.active()
    assert [one.status for one in again(identity, "PUT", "/account/password", WORDS, 8)] == [204] * 8
    assert len(identity.recorded("password.changed.v1")) == 1
    assert identity.login(password=OTHER).status == 201


def test_a_changed_identifier_answers_the_session_that_it_ended(identity):
    identity.active()
    first, second = again(identity, "POST", "/account/identifier", MOVE)
    assert (first.status, second.status, second.body) == (202, 202, first.body)


def test_a_dead_session_is_given_nothing_but_that_answer(identity):
    identity.active()
    token, headers = identity.login().json["access_token"], {"Idempotency-Key": str(uuid4())}
    ask = {"token": token, "headers": headers}
    assert identity.under.post("/v1/account/identifier", json=MOVE, **ask).status == 202
    other = {**MOVE, "email": "autre@example.com"}
    assert identity.under.post("/v1/account/identifier", json=other, **ask).status == 401
    assert identity.under.get("/v1/account", **ask).status == 401
    assert identity.under.post("/v1/account/identifier", json=MOVE, token=token).status == 401


def test_a_key_with_another_body_is_refused_before_the_password_is_judged(identity):
    identity.active()
    token, headers = identity.login().json["access_token"], {"Idempotency-Key": str(uuid4())}
    for wrong in (False, True):
        body = {**WORDS, **({"mot_de_passe_actuel": "faux"} if wrong else {})}
        answer = identity.under.put("/v1/account/password", json=body, token=token, headers=headers)
    assert (answer.status, answer.json["code"]) == (422, "cle_idempotence_reutilisee")
