"""Asking for another identifiant: what it does at once, and what is refused (G75, AA17, AA18, C6)."""

import pytest

REQUESTED, REFUSED = "identifier_change.requested.v1", "identifier_change.refused.v1"
OLD, NEW = "claire@example.com", "martin@example.com"
PASSWORD = "Vélo-grimpe 7 cols"


def test_accepted_it_ends_the_sessions_disables_the_account_and_writes_to_both_addresses_aa17(identity):
    identity.active()
    first, second = identity.login().json, identity.login().json
    answer = identity.ask_identifier(second["access_token"])
    assert (answer.status, list(answer.json)) == (202, ["message"])
    for one in (first, second):
        assert identity.post("/sessions/token", {"session": one["session"]}).status == 401
        assert identity.get("/account", token=one["access_token"]).status == 401
    (event,) = identity.recorded(REQUESTED)
    assert (event.data["email"], event.data["new_email"]) == (OLD, NEW)
    (state,) = identity.recorded("account.updated.v1")
    assert (state.data["status"], state.data["email"]) == ("desactive", OLD)
    assert len(identity.recorded("session.revoked.v1")) == 2


def test_while_it_waits_login_with_either_address_is_a_wrong_password_m1(identity):
    identity.changing()
    wrong = identity.login("nobody@example.com")
    for email in (OLD, NEW):
        answer = identity.login(email)
        assert (answer.status, answer.json["code"]) == (401, wrong.json["code"])
        assert answer.json["detail"] == "Adresse électronique ou mot de passe incorrect."


def test_while_it_waits_a_forgotten_password_sends_nothing(identity):
    identity.changing()
    assert [identity.asked_reset(email).status for email in (OLD, NEW)] == [202, 202]
    assert identity.recorded("password_reset.requested.v1") == []


def test_nobody_else_may_change_to_either_address_of_a_proved_change_aa18(identity):
    link, _ = identity.changing()
    identity.activate(link)
    identity.active("paul@example.com")
    token = identity.login("paul@example.com").json["access_token"]
    identity.under.clear()
    assert [identity.ask_identifier(token, email).status for email in (OLD, NEW)] == [202, 202]
    assert identity.told(REFUSED) == [OLD, NEW]
    assert identity.recorded(REQUESTED) == []


@pytest.mark.parametrize("first", [0, 1])
def test_two_who_want_one_address_both_get_a_link_and_who_proves_it_has_it(identity, first):
    mine, _ = identity.changing()
    identity.active("paul@example.com")
    assert identity.ask_identifier(identity.login("paul@example.com").json["access_token"], NEW).status == 202
    links, people = [mine, identity.change_links()[0]], [OLD, "paul@example.com"]
    assert [identity.activate(links[first]).status, identity.activate(links[1 - first]).status] == [204, 410]
    assert identity.under.run_job("lapse_identifiers") == 1
    assert [identity.login(one).status for one in (NEW, people[1 - first], people[first])] == [201, 201, 401]
    (told,) = identity.recorded("identifier_change.undone.v1")
    assert (told.data["email"], told.data["reason"]) == (people[1 - first], "echeance")


def test_the_address_of_another_account_gets_the_same_answer_and_changes_nothing_aa18(identity):
    identity.active("paul@example.com")
    identity.active()
    mine = identity.login().json
    before = identity.accounts()
    taken = identity.ask_identifier(mine["access_token"], "Paul@example.com")
    assert identity.post("/sessions/token", {"session": mine["session"]}).status == 200
    assert identity.accounts() == before
    assert [event.type for event in identity.recorded()] == [REFUSED]
    assert identity.told(REFUSED) == ["Paul@example.com"]
    free = identity.ask_identifier(mine["access_token"])
    assert (taken.status, taken.body) == (free.status, free.body)


def test_an_address_that_was_only_invited_is_taken_too(identity):
    identity.opened("paul@example.com")
    identity.active()
    identity.ask_identifier(identity.login().json["access_token"], "paul@example.com")
    assert identity.told(REFUSED) == ["paul@example.com"]


@pytest.mark.parametrize("email", [OLD, "CLAIRE@Example.com", f" {OLD} "])
def test_the_same_address_is_refused_clearly(identity, email):
    identity.active()
    token = identity.login().json["access_token"]
    answer = identity.ask_identifier(token, email)
    assert (answer.status, answer.json["code"]) == (422, "adresse_inchangee")
    assert identity.get("/account", token=token).status == 200


@pytest.mark.parametrize("email", ["", "claire", "claire@localhost", "a@b.fr\r\nBcc: x@y.fr", "a b@example.com"])
def test_what_is_no_address_is_refused_beside_its_field_aa47(identity, email):
    identity.active()
    answer = identity.ask_identifier(identity.login().json["access_token"], email)
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, "email")
    assert identity.recorded(REQUESTED) == []


def test_an_address_too_long_is_refused_c11(identity):
    identity.active()
    assert identity.ask_identifier(identity.login().json["access_token"], f"{'a' * 250}@example.com").status == 422


def test_a_wrong_password_is_named_and_counts_as_a_failed_login_aa15_c6(identity):
    identity.active()
    token = identity.login().json["access_token"]
    answers = [identity.ask_identifier(token, password="Faux-semblant 3") for _ in range(6)]
    assert [one.status for one in answers] == [422] * 5 + [429]
    assert answers[0].json["errors"][0]["field"] == "mot_de_passe_actuel"
    assert identity.login().status == 429
    assert identity.recorded(REQUESTED) == []


def test_a_right_password_gives_its_count_back_c6(identity):
    for email in ("paul@example.com", OLD):
        identity.active(email)
    token = identity.login().json["access_token"]
    assert [identity.login(password="faux").status for _ in range(4)] == [401] * 4
    assert identity.ask_identifier(token, "paul@example.com").status == 202
    assert [identity.login(password="faux").status for _ in range(4)] == [401] * 4
    assert identity.login().status == 201


def test_a_refused_address_spends_no_try_of_the_password(identity):
    identity.active()
    token = identity.login().json["access_token"]
    assert [identity.ask_identifier(token, "claire").status for _ in range(6)] == [422] * 6
    assert identity.ask_identifier(token).status == 202


def test_an_account_asks_three_times_an_hour_at_most(identity):
    identity.active("paul@example.com")
    identity.active()
    token = identity.login().json["access_token"]
    answers = [identity.ask_identifier(token, "paul@example.com") for _ in range(4)]
    assert [one.status for one in answers] == [202] * 3 + [429]
    assert int(answers[3].headers["Retry-After"]) > 3000


def test_a_mailbox_is_told_three_times_a_day_at_most(identity):
    people = (OLD, "anne@example.com")
    for email in ("paul@example.com", *people):
        identity.active(email)
    for email in people * 2:
        assert identity.ask_identifier(identity.login(email).json["access_token"], "paul@example.com").status == 202
    assert len(identity.recorded(REFUSED)) == 3
    identity.wait(days=1)
    identity.ask_identifier(identity.login().json["access_token"], "paul@example.com")
    assert len(identity.recorded(REFUSED)) == 4


def test_one_change_at_a_time_so_that_the_undo_is_never_taken_away(identity):
    link, back = identity.changing()
    identity.activate(link)
    token = identity.login(NEW).json["access_token"]
    answer = identity.ask_identifier(token, "third@example.com")
    assert (answer.status, answer.json["code"]) == (409, "identifiant_modifie_recemment")
    assert "26/11/2026 à 10\u00a0h\u00a000" in answer.json["detail"]
    identity.undo_and_choose(back)
    assert identity.ask_identifier(identity.login().json["access_token"], "third@example.com").status == 202


def test_the_same_key_is_one_change_c3(identity):
    identity.active()
    token = identity.login().json["access_token"]
    key = {"Idempotency-Key": "5a4d3c2b-1f0e-4d3c-8b2a-000000000001"}
    for _ in range(2):  # the session ended with the first; its answer is its own all the same
        assert identity.ask_identifier(token, headers=key).status == 202
    assert len(identity.recorded(REQUESTED)) == 1


def test_a_delegation_confirmed_meanwhile_does_not_activate_it(identity):
    account = identity.active()
    identity.ask_identifier(identity.login().json["access_token"])
    state = identity.opened(OLD)
    person = {"email": OLD, "account_id": account, "nom": "Martin", "prenom": "Claire"}
    identity.announce("delegation.confirmed.v1", state, 3, beneficiary=person, confirmed_at=identity.clock.now())
    assert identity.login(OLD).status == 401
