"""Sessions (C7, C8, AA16, AA19, AA20): idle, absolute, a new id when it matters, dead at once when ended."""

import pytest


def opened(identity):
    return identity.login().json["session"]


def token(identity, session):
    return identity.post("/sessions/token", {"session": session})


def test_a_session_gives_tokens_until_it_is_idle_for_thirty_minutes_c7(identity):
    identity.active()
    session = opened(identity)
    for _ in range(3):
        identity.wait(minutes=29, seconds=59)
        assert token(identity, session).status == 200
    identity.wait(minutes=30)
    refused = token(identity, session)
    assert (refused.status, refused.json["code"]) == (401, "session_terminee")


def test_a_session_lives_eight_hours_at_most_and_its_token_not_longer_c7(identity):
    identity.active()
    session = opened(identity)
    for _ in range(20):
        identity.wait(minutes=23)
        assert token(identity, session).status == 200
    identity.wait(minutes=18)
    assert token(identity, session).json["expires_in"] == 120
    identity.wait(minutes=2)
    assert token(identity, session).status == 401


def test_a_new_id_at_login_and_at_change_of_tiers_kills_the_old_one_aa19(identity):
    identity.active()
    first, second = opened(identity), opened(identity)
    assert first != second
    rotated = identity.post("/sessions/rotate", {"session": second}).json["session"]
    assert token(identity, second).status == 401
    assert token(identity, rotated).status == 200


def test_after_logout_neither_session_nor_token_opens_anything_aa20(identity):
    identity.active()
    answer = identity.login().json
    assert identity.get("/account", token=answer["access_token"]).status == 200
    assert identity.post("/sessions/end", {"session": answer["session"]}).status == 204
    assert token(identity, answer["session"]).status == 401
    assert identity.get("/account", token=answer["access_token"]).status == 401
    (event,) = identity.recorded("session.revoked.v1")
    assert str(event.data["account_id"]) == answer["account"]["account_id"]


def test_a_disabled_account_is_out_at_once_and_answers_like_a_wrong_password_aa20_m1(identity):
    identity.active()
    session = opened(identity)
    with identity.under.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE accounts SET status = 'desactive'")
    assert token(identity, session).status == 401
    assert identity.login().json["code"] == "identifiants_incorrects"
    identity.asked_reset()
    assert identity.recorded("password_reset.requested.v1") == []


def test_ending_a_dead_or_unknown_session_is_no_error(identity):
    assert identity.post("/sessions/end", {"session": "x" * 43}).status == 204
    assert identity.recorded("session.revoked.v1") == []


@pytest.mark.parametrize("session", ["", "x" * 43, "é", "' OR 1=1 --"])
def test_an_unknown_session_is_dead(identity, session):
    assert token(identity, session).status == 401


def test_a_session_is_kept_as_a_hash(identity):
    identity.active()
    session = opened(identity)
    with identity.under.engine.connect() as connection:
        assert session not in str(connection.exec_driver_sql("SELECT * FROM sessions").all())


def test_giving_the_password_again_makes_it_fresh_under_a_new_id_c8(identity):
    identity.active()
    session = opened(identity)
    identity.wait(minutes=20)
    body = {"session": session, "mot_de_passe": "Vélo-grimpe 7 cols"}
    answer = identity.post("/sessions/reauthenticate", body)
    assert answer.status == 200
    assert token(identity, session).status == 401
    contact = {"nom": "Martin", "prenom": "Claire", "telephone_mobile": "06 98 76 54 32"}
    version = identity.get("/account", token=answer.json["access_token"]).json["version"]
    assert identity.put("/account/contact", contact, version=version, token=answer.json["access_token"]).status == 204


def test_a_wrong_password_given_again_counts_as_a_failed_login_c6(identity):
    identity.active()
    session = opened(identity)
    wrong = {"session": session, "mot_de_passe": "faux"}
    assert [identity.post("/sessions/reauthenticate", wrong).status for _ in range(6)] == [401] * 5 + [429]
    assert identity.login().status == 429


def test_one_sees_and_ends_one_s_own_sessions_asvs_7_5_2(identity):
    identity.active()
    first, second = identity.login().json, identity.login().json
    mine = identity.get("/account/sessions", token=second["access_token"]).json
    assert (mine["total"], sorted(one["current"] for one in mine["items"])) == (2, [False, True])
    (other,) = [one["session_id"] for one in mine["items"] if not one["current"]]
    assert identity.post(f"/account/sessions/{other}/end", token=second["access_token"]).status == 204
    assert token(identity, first["session"]).status == 401
    assert token(identity, second["session"]).status == 200


def test_one_cannot_end_another_account_s_session_aa22(identity):
    identity.active()
    identity.active("paul@example.com")
    session = opened(identity)
    mine = identity.get("/account/sessions", token=token(identity, session).json["access_token"]).json["items"][0]
    paul = identity.login("paul@example.com").json["access_token"]
    assert identity.post(f"/account/sessions/{mine['session_id']}/end", token=paul).status == 204
    assert token(identity, session).status == 200


def test_ending_the_others_keeps_this_one(identity):
    identity.active()
    first, second = identity.login().json, identity.login().json
    assert identity.post("/account/sessions/end-others", token=second["access_token"]).status == 204
    assert token(identity, first["session"]).status == 401
    assert token(identity, second["session"]).status == 200
