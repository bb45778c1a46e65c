"""Changing and forgetting a password (G57, G74, C4, AA4–AA10, AA15, AA16)."""

import pytest

PASSWORD, OTHER = "Vélo-grimpe 7 cols", "Une autre phrase 8!"
RESET = "password_reset.requested.v1"


def change(identity, token, current=PASSWORD, new=OTHER, confirmation=None):
    body = {"mot_de_passe_actuel": current, "mot_de_passe": new, "confirmation": confirmation or new}
    return identity.put("/account/password", body, token=token)


def reset(identity, link, new=OTHER):
    return identity.post("/password-resets/complete", {"token": link, "mot_de_passe": new, "confirmation": new})


def test_a_change_ends_the_other_sessions_and_is_told_by_mail_aa16(identity):
    identity.active()
    other, mine = identity.login().json, identity.login().json
    assert change(identity, mine["access_token"]).status == 204
    assert identity.post("/sessions/token", {"session": other["session"]}).status == 401
    assert identity.get("/account", token=other["access_token"]).status == 401
    assert identity.post("/sessions/token", {"session": mine["session"]}).status == 200
    assert len(identity.recorded("password.changed.v1")) == len(identity.recorded("session.revoked.v1")) == 1
    assert identity.login().status == 401
    assert identity.login(password=OTHER).status == 201


def test_a_wrong_current_password_is_named_and_counts_as_a_failed_login_aa15(identity):
    identity.active()
    token = identity.login().json["access_token"]
    answers = [change(identity, token, current="Faux-semblant 3") for _ in range(6)]
    assert [one.status for one in answers] == [422] * 5 + [429]
    assert answers[0].json["errors"][0]["field"] == "mot_de_passe_actuel"
    assert identity.login().status == 429


def test_changes_and_logins_share_one_counter_c6(identity):
    identity.active()
    token = identity.login().json["access_token"]
    change(identity, token, current="faux")
    for _ in range(4):
        identity.login(password="faux")
    assert change(identity, token).status == 429


def test_a_new_password_that_is_refused_is_no_failed_login_c6(identity):
    """Whoever looks for a password that the rule takes must not be locked out by it."""
    identity.active()
    token = identity.login().json["access_token"]
    assert [change(identity, token, new="court").status for _ in range(7)] == [422] * 7
    assert change(identity, token).status == 204


@pytest.mark.parametrize(("new", "confirmation"), [("Claire2026!", None), ("court", None), (OTHER, "autre")])
def test_the_rule_is_the_same_on_every_path_asvs_6_3_4(identity, new, confirmation):
    identity.active()
    token = identity.login().json["access_token"]
    assert change(identity, token, new=new, confirmation=confirmation).status == 422
    identity.asked_reset()
    body = {"token": identity.link(RESET), "mot_de_passe": new, "confirmation": confirmation or new}
    assert identity.post("/password-resets/complete", body).status == 422
    assert reset(identity, identity.link(RESET)).status == 204


def test_known_and_unknown_addresses_get_the_same_bytes_aa4_m2(identity):
    identity.active()
    known, unknown = identity.asked_reset(), identity.asked_reset("nobody@example.com")
    assert (known.status, known.body) == (unknown.status, unknown.body)
    assert known.json == {"message": "Si un compte correspond à cette adresse, un courriel vient d'être envoyé."}
    assert [event.data["email"] for event in identity.recorded(RESET)] == ["claire@example.com"]


def test_the_request_itself_never_reads_an_account_asvs_6_3_8(identity):
    import sqlalchemy

    seen = []
    sqlalchemy.event.listen(identity.under.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    identity.post("/password-resets", {"email": "claire@example.com"})
    assert seen and not any("accounts" in statement for statement in seen)


def test_many_requests_for_one_address_before_the_answer_are_one_mail(identity):
    identity.active()
    assert [identity.post("/password-resets", {"email": "CLAIRE@example.com"}).status for _ in range(4)] == [202] * 4
    assert identity.under.run_job("answer_resets") == 4
    assert len(identity.recorded(RESET)) == 1


def test_ten_requests_in_an_hour_make_three_mails_and_the_newest_link_works_aa5(identity):
    identity.active()
    for _ in range(10):
        assert identity.asked_reset().status == 202
        identity.wait(minutes=5)
    first, second, third = [one["token"] for one in identity.sealed(RESET)]
    assert [reset(identity, link).status for link in (first, second)] == [410] * 2
    assert reset(identity, third).status == 204


def test_a_link_lives_one_hour_and_works_once_aa6_aa7(identity):
    identity.active()
    identity.asked_reset()
    link = identity.link(RESET)
    identity.wait(minutes=59)
    assert identity.post("/password-resets/lookup", {"token": link}).json == {"email": "claire@example.com"}
    assert reset(identity, link).status == 204
    assert reset(identity, link).status == 410
    identity.asked_reset()
    identity.wait(hours=1)
    assert reset(identity, identity.link(RESET)).status == 410


def test_a_reset_ends_every_session_and_is_told_by_mail_aa16(identity):
    identity.active()
    sessions = [identity.login().json for _ in range(2)]
    identity.asked_reset()
    assert reset(identity, identity.link(RESET)).status == 204
    assert [identity.post("/sessions/token", {"session": one["session"]}).status for one in sessions] == [401] * 2
    assert len(identity.recorded("session.revoked.v1")) == 2
    assert len(identity.recorded("password.changed.v1")) == 1


def test_a_used_reset_link_proves_the_address_again_g54(identity):
    account = identity.active()
    identity.wait(days=10)
    identity.asked_reset()
    assert reset(identity, identity.link(RESET)).status == 204
    proved = identity.get("/account", as_=account).json["email_certified_at"]
    assert proved == identity.clock.now().isoformat()


def test_a_link_is_bound_to_its_purpose_aa10(identity):
    identity.active()
    identity.asked_reset()
    identity.opened("paul@example.com")
    invitation, forgotten = identity.link(), identity.link(RESET)
    assert reset(identity, invitation).status == 410
    assert identity.complete(forgotten).status == 410
    assert identity.complete(invitation).status == 200
    assert reset(identity, forgotten).status == 204


@pytest.mark.parametrize("alter", [lambda t: t[:-1], lambda t: t * 2, lambda t: t.swapcase(), lambda t: ""])
def test_an_altered_link_is_dead_aa8(identity, alter):
    identity.active()
    identity.asked_reset()
    assert reset(identity, alter(identity.link(RESET))).status == 410


def test_an_invited_account_has_nothing_to_reset(identity):
    identity.opened()
    identity.asked_reset()
    assert identity.recorded(RESET) == []


def test_a_change_of_password_kills_the_waiting_reset_link_c4(identity):
    identity.active()
    identity.asked_reset()
    change(identity, identity.login().json["access_token"])
    assert reset(identity, identity.link(RESET)).status == 410


def test_one_client_address_cannot_ask_without_end(identity):
    answers = [identity.post("/password-resets", {"email": f"p{n}@example.com"}).status for n in range(32)]
    assert answers == [202] * 30 + [429] * 2


@pytest.mark.parametrize("address", ["\U0001d160" * 254, "\u0390" * 250])
def test_what_becomes_longer_when_it_is_composed_is_an_unknown_address_as_any_c2(identity, address):
    assert identity.post("/password-resets", {"email": address}).status in (202, 422)
    assert identity.login(address).status in (401, 422)
