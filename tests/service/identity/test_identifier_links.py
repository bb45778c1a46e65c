"""The two links of a change of identifiant: proved, undone, lapsed, and whose the addresses are (G75, T5, C4)."""

from datetime import timedelta

import pytest

STANDING = "invitation.standing.v1"
CHANGED, UNDONE = "identifier.changed.v1", "identifier_change.undone.v1"
OLD, NEW = "claire@example.com", "martin@example.com"
PASSWORD = "Vélo-grimpe 7 cols"
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


def test_undone_before_the_proof_the_account_has_its_address_and_no_password_t5(identity):
    link, back = identity.changing()
    identity.undo_and_choose(back)
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
    form = {"token": identity.link("password_reset.requested.v1"), "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.post("/password-resets/complete", form).status == 410
    assert identity.post("/sessions/token", {"session": thief["session"]}).status == 401
    assert identity.get("/account", token=thief["access_token"]).status == 401
    assert [identity.login(email).status for email in (NEW, OLD)] == [401, 401]
    form["token"] = identity.link(UNDONE)
    assert identity.post("/password-resets/complete", form).status == 204
    assert [identity.login(OLD, password).status for password in (PASSWORD, OTHER)] == [401, 201]
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
    (event,) = identity.recorded(UNDONE)
    assert (event.data["reason"], event.data["email"]) == ("echeance", OLD)
    assert [identity.activate(link).status, identity.undo(back).status] == [410, 204]


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


def test_while_it_is_only_wanted_the_new_address_is_whose_mailbox_it_is(identity):
    link, back = identity.changing()
    identity.under.clear()
    ours, theirs = identity.opened(OLD), identity.opened(NEW.upper())
    invited = {one.data["delegation_id"]: one.data["email"] for one in identity.recorded("invitation.issued.v1")}
    assert invited == {ours["delegation_id"]: OLD, theirs["delegation_id"]: NEW.upper()}
    assert identity.activate(link).status == 410
    assert identity.under.run_job("lapse_identifiers") == 1
    assert identity.login(OLD).status == 201
    (event,) = identity.recorded(UNDONE)
    assert (event.data["reason"], event.data["proved"], event.data["email"]) == ("echeance", False, OLD)
    assert identity.undo(back).status == 204
    assert identity.complete(identity.link()).status == 200


def test_an_address_that_was_left_is_nobodys_until_it_cannot_be_taken_back(identity):
    link, _ = identity.changing()
    identity.activate(link)
    before, until = identity.accounts(), identity.recorded(CHANGED)[0].data["undo_expires_at"]
    identity.under.clear()
    for email in (OLD, NEW, OLD.upper()):
        identity.opened(email)
    assert identity.accounts() == before
    assert identity.told("invitation.issued.v1") == [NEW]
    assert identity.accept(NEW) == [204]
    assert identity.told("beneficiary.identified.v1") == [NEW]
    waits = [event.data for event in identity.recorded(STANDING) if event.data["waits_for"]]
    assert [(one["email"], one["waits_for"], one["next_at"]) for one in waits] == [
        (OLD, "adresse_retenue", until),
        (OLD.upper(), "adresse_retenue", until),
    ]
    identity.wait(hours=72)
    assert [identity.under.run_job("invite_waiting") for _ in range(2)] == [2, 0]
    assert [one.lower() for one in identity.told("invitation.issued.v1")] == [NEW, OLD, OLD]
    assert identity.recorded(STANDING)[-1].data["waits_for"] is None


def test_what_waited_for_an_address_is_for_who_takes_it_back(identity):
    link, back = identity.changing()
    identity.activate(link)
    identity.under.clear()
    state = identity.opened(OLD)
    identity.undo_and_choose(back)
    assert identity.under.run_job("invite_waiting") == 1
    assert identity.told("invitation.issued.v1") == [OLD]
    assert identity.accept() == [204]
    (identified,) = identity.recorded("beneficiary.identified.v1")
    assert (identified.data["delegation_id"], identified.data["email"]) == (state["delegation_id"], OLD)
    identity.wait(hours=72)
    assert identity.under.run_job("invite_waiting") == 0


def test_a_closing_while_it_waits_invites_nobody(identity):
    link, _ = identity.changing()
    identity.activate(link)
    state = identity.opened(OLD)
    identity.announce("delegation.closed.v1", state, 2, reason="fermeture")
    identity.under.clear()
    identity.wait(hours=73)
    assert identity.under.run_job("invite_waiting") == 0
    assert identity.told("invitation.issued.v1") == []


def test_a_late_opening_of_what_is_closed_takes_nothing_from_who_wants_the_address_fa12(identity):
    link, _ = identity.changing()
    state = identity.state("autre@example.com")
    identity.announce("delegation.closed.v1", state, 4, reason="fermeture")
    identity.under.deliver(
        identity.under.service.registry.cards["delegation.opened.v1"],
        {**state, "beneficiary": {**state["beneficiary"], "email": NEW}},
    )
    assert identity.activate(link).status == 204


def test_what_was_certified_since_the_change_was_asked_for_is_so_no_longer(identity):
    link, back = identity.changing()
    identity.activate(link)
    account = identity.login(NEW).json["account"]["account_id"]
    identity.post("/account/mobile/code", as_=account)
    identity.certify(account, identity.sealed("mobile_code.issued.v1")[-1]["code"])
    assert identity.get("/account", as_=account).json["mobile_certified_at"]
    identity.undo_and_choose(back)
    shown = identity.get("/account", as_=account).json
    assert (shown["mobile_certified_at"], shown["telephone_mobile"]) == (None, "+33612345678")
    assert identity.recorded(UNDONE)[-1].data["reset_expires_at"] == identity.clock.now() + timedelta(hours=1)


def test_a_mobile_certified_before_stays(identity):
    account = identity.active()
    identity.post("/account/mobile/code", as_=account)
    identity.certify(account, identity.sealed("mobile_code.issued.v1")[-1]["code"])
    identity.wait(minutes=1)
    identity.ask_identifier(identity.login().json["access_token"])
    identity.undo_and_choose(identity.change_links()[1])
    assert identity.get("/account", as_=account).json["mobile_certified_at"]


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
