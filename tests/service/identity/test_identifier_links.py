"""The two links of a change of identifiant: proved, undone, lapsed, and whose the addresses are (G75, T5, C4)."""

import pytest

CHANGED, UNDONE = "identifier.changed.v1", "identifier_change.undone.v1"
OLD, NEW = "claire@example.com", "martin@example.com"
OTHER = "Une autre phrase 8!"


def test_a_reset_link_of_before_is_dead_and_stays_dead(identity):
    identity.active()
    identity.asked_reset()
    link = identity.link("password_reset.requested.v1")
    identity.ask_identifier(identity.login().json["access_token"])
    form = {"token": link, "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.post("/password-resets/complete", form).status == 410
    identity.activate(identity.change_links()[0])
    assert identity.post("/password-resets/complete", form).status == 410


def test_the_link_of_the_new_address_makes_it_the_identifiant_g75(identity):
    link, _ = identity.changing()
    identity.under.clear()
    identity.wait(hours=2)
    assert identity.activate(link).status == 204
    assert identity.login(OLD).status == 401
    token = identity.login(NEW).json["access_token"]
    shown = identity.get("/account", token=token).json
    assert (shown["email"], shown["email_certified_at"]) == (NEW, identity.clock.now().isoformat())
    (state,) = identity.recorded("account.updated.v1")
    assert (state.data["status"], state.data["email"], state.sequence) == ("actif", NEW, shown["version"])
    assert identity.told(CHANGED) == [OLD]


def test_a_lookup_shows_no_stranger_whose_account_it_is_and_consumes_nothing_aa9(identity):
    link, back = identity.changing()
    shown = {"email": OLD, "new_email": NEW, "proved": False}
    for _ in range(3):
        assert identity.post("/identifier-changes/activation/lookup", {"token": link}).json == {"email": NEW}
        assert identity.post("/identifier-changes/undo/lookup", {"token": back}).json == shown
    assert identity.activate(link).status == 204
    assert identity.post("/identifier-changes/activation/lookup", {"token": link}).status == 410
    assert identity.post("/identifier-changes/undo/lookup", {"token": back}).json == {**shown, "proved": True}


def test_each_link_works_once_and_for_its_purpose_aa6_aa10(identity):
    link, back = identity.changing()
    assert [identity.activate(back).status, identity.undo(link).status] == [410, 410]
    assert [identity.activate(link).status for _ in range(2)] == [204, 410]
    assert [identity.undo(back).status for _ in range(2)] == [204, 410]
    assert identity.activate(link).status == 410


@pytest.mark.parametrize("alter", [lambda t: t[:-1], lambda t: t * 2, lambda t: t.swapcase(), lambda t: ""])
def test_an_altered_link_is_dead_aa8(identity, alter):
    link, back = identity.changing()
    assert [identity.activate(alter(link)).status, identity.undo(alter(back)).status] == [410, 410]


def test_only_digests_of_the_links_are_kept_c4(identity):
    tokens = identity.changing()
    with identity.under.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM identifier_changes").all())
        sent = str(connection.exec_driver_sql("SELECT headers, body FROM outbox").all())
    assert not [token for token in tokens if token in kept or token in sent]


def test_undone_before_the_proof_the_account_is_as_it_was_t5(identity):
    link, back = identity.changing()
    assert identity.undo(back).status == 204
    assert identity.login(OLD).status == 201
    assert identity.activate(link).status == 410
    assert identity.login(NEW).status == 401
    (event,) = identity.recorded(UNDONE)
    assert (event.data["reason"], event.data["proved"], event.data["email"]) == ("annulation", False, OLD)


def test_undone_after_the_proof_the_former_address_is_back_and_every_session_ends_t5(identity):
    link, back = identity.changing()
    identity.activate(link)
    identity.wait(hours=71)
    thief = identity.login(NEW).json
    identity.asked_reset(NEW)
    assert identity.undo(back).status == 204
    assert identity.post("/sessions/token", {"session": thief["session"]}).status == 401
    assert identity.get("/account", token=thief["access_token"]).status == 401
    assert identity.login(NEW).status == 401
    assert identity.login(OLD).status == 201
    form = {"token": identity.link("password_reset.requested.v1"), "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.post("/password-resets/complete", form).status == 410
    assert identity.recorded(UNDONE)[-1].data["proved"] is True
    assert identity.recorded("account.updated.v1")[-1].data["email"] == OLD


def test_the_link_lives_24_hours_and_the_undo_72_c4_aa7(identity):
    link, back = identity.changing()
    identity.wait(hours=23, minutes=59)
    assert identity.post("/identifier-changes/activation/lookup", {"token": link}).status == 200
    identity.wait(minutes=1)
    assert identity.activate(link).status == 410
    assert identity.post("/identifier-changes/undo/lookup", {"token": back}).status == 200
    identity.wait(hours=48)
    assert identity.undo(back).status == 410


def test_a_mistyped_address_loses_nobody_his_account_keycloak_20764(identity):
    link, back = identity.changing("mratin@example.com")
    identity.wait(hours=23, minutes=59)
    assert identity.under.run_job("lapse_identifiers") == 0
    assert identity.login(OLD).status == 401
    identity.wait(minutes=1)
    assert [identity.under.run_job("lapse_identifiers") for _ in range(2)] == [1, 0]
    assert identity.login(OLD).status == 201
    assert [identity.activate(link).status, identity.undo(back).status] == [410, 410]
    (event,) = identity.recorded(UNDONE)
    assert (event.data["reason"], event.data["email"]) == ("echeance", OLD)


def test_a_proved_change_frees_the_former_address_after_72_hours(identity):
    link, _ = identity.changing()
    identity.activate(link)
    identity.wait(hours=71)
    assert identity.under.run_job("lapse_identifiers") == 0
    identity.opened(OLD)
    assert identity.recorded("invitation.issued.v1") == []
    identity.wait(hours=1)
    assert identity.under.run_job("lapse_identifiers") == 1
    identity.opened(OLD)
    assert len(identity.recorded("invitation.issued.v1")) == 1
    assert identity.login(NEW).status == 201


@pytest.mark.parametrize("proved", [False, True])
def test_nobody_else_may_take_either_address(identity, proved):
    link, _ = identity.changing()
    if proved:
        identity.activate(link)
    before = identity.accounts()
    identity.under.clear()
    for email in (OLD, NEW, NEW.upper()):
        identity.opened(email)
    assert identity.accounts() == before
    assert identity.recorded("invitation.issued.v1") == []
    identified = [event.data for event in identity.recorded("beneficiary.identified.v1")]
    assert [str(one["account_id"]).replace("-", "") for one in identified] == [before[0][0]] * 3
    assert {one["email"] for one in identified} == {NEW if proved else OLD}


def test_failed_logins_while_it_waited_do_not_hold_its_owner_back(identity):
    link, _ = identity.changing()
    assert [identity.login(NEW).status for _ in range(6)] == [401] * 5 + [429]
    identity.activate(link)
    assert identity.login(NEW).status == 201


def test_no_line_of_the_security_log_has_an_address_or_a_token(identity, caplog):
    caplog.set_level("INFO", "security")
    tokens = identity.changing()
    identity.activate(tokens[0])
    identity.undo(tokens[1])
    identity.undo(tokens[1])
    lines = [str(vars(record)) for record in caplog.records if record.name == "security"]
    assert {"requested", "proved", "undone"} <= {vars(one).get("identifier") for one in caplog.records}
    assert not [line for line in lines for word in (*tokens, OLD, NEW) if word in line]
