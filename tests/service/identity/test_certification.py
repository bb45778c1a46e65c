"""An address is certified again every 90 days (G54, C4): told 15 days ahead, suspended after, back from a link."""

import pytest

DUE = "address_certification.requested.v1"
M1 = "Adresse électronique ou mot de passe incorrect."
OTHER = "Une autre phrase 8!"


def certify(identity, link):
    return identity.post("/certifications/complete", {"token": link})


def run(identity, **delay):
    """Time passes, then the job runs; how many got a link."""
    identity.wait(**delay)
    return identity.under.run_job("recertify")


def suspended(identity):
    """Claire's account, told 15 days ahead, and suspended since nothing came."""
    account = identity.active()
    assert [run(identity, days=75), run(identity, days=15)] == [1, 1]
    return account


def test_it_is_told_fifteen_days_ahead_with_a_link_of_seven(identity):
    identity.active()
    assert run(identity, days=74, hours=23) == 0
    assert run(identity, hours=1) == 1
    (event,) = identity.recorded(DUE)
    now = identity.clock.now()
    assert (event.data["email"], event.data["suspended"]) == ("claire@example.com", False)
    assert ((event.data["ends_at"] - now).days, (event.data["expires_at"] - now).days) == (15, 7)
    assert identity.login().status == 201


def test_the_link_is_renewed_by_itself_while_nothing_comes_and_says_the_same_end(identity):
    identity.active()
    assert [run(identity, days=75), run(identity, days=6), run(identity, days=1), run(identity, days=7)] == [1, 0, 1, 1]
    first, second, third = (event.data for event in identity.recorded(DUE))
    assert first["ends_at"] == second["ends_at"] == third["ends_at"]
    links = [one["token"] for one in identity.sealed(DUE)]
    assert [certify(identity, link).status for link in links] == [410, 410, 204]


def test_a_used_link_starts_the_time_anew(identity):
    account = identity.active()
    run(identity, days=80)
    assert certify(identity, identity.link(DUE)).status == 204
    shown = identity.get("/account", as_=account).json
    assert shown["email_certified_at"] == identity.clock.now().isoformat()
    assert run(identity, days=74) == 0
    assert run(identity, days=1) == 1


def test_after_ninety_days_the_account_is_suspended_and_its_sessions_are_over(identity):
    identity.active()
    run(identity, days=75)
    assert run(identity, days=14, hours=23) == 1  # another link, and nothing else
    identity.wait(hours=1)
    session = identity.login().json
    identity.under.clear()
    assert run(identity) == 1
    assert identity.post("/sessions/token", {"session": session["session"]}).status == 401
    assert identity.get("/account", token=session["access_token"]).status == 401
    (state,) = identity.recorded("account.updated.v1")
    (due,) = identity.recorded(DUE)
    assert (state.data["status"], due.data["suspended"]) == ("desactive", True)
    assert due.data["ends_at"] == identity.clock.now()


def test_the_link_of_a_suspended_account_makes_it_active(identity):
    suspended(identity)
    assert identity.login().status == 401
    link = identity.link(DUE)
    assert identity.post("/certifications/lookup", {"token": link}).json == {"email": "claire@example.com"}
    assert [certify(identity, link).status for _ in range(2)] == [204, 410]
    assert identity.recorded("account.updated.v1")[-1].data["status"] == "actif"
    assert identity.login().status == 201


def test_nobody_is_suspended_who_was_not_told_at_least_fifteen_days_before(identity):
    identity.active()
    assert run(identity, days=400) == 1  # the first run of this version, say
    assert identity.login().status == 201
    assert (identity.recorded(DUE)[0].data["ends_at"] - identity.clock.now()).days == 15
    assert run(identity, days=15) == 1
    assert identity.login().status == 401


def test_login_says_the_same_and_a_right_password_gets_a_new_link(identity):
    suspended(identity)
    identity.under.clear()
    wrong, right = identity.login(password="Faux-semblant 3"), identity.login()
    assert len(identity.recorded(DUE)) == 1
    for answer in (wrong, right):
        assert (answer.status, answer.json["code"], answer.json["detail"]) == (401, "identifiants_incorrects", M1)
    assert certify(identity, identity.link(DUE)).status == 204


def test_a_wrong_password_or_an_unknown_address_gets_no_mail(identity):
    suspended(identity)
    identity.under.clear()
    identity.login(password="Faux-semblant 3")
    identity.login("nobody@example.com")
    assert identity.recorded() == []


def test_a_mailbox_gets_three_links_an_hour_at_most(identity):
    suspended(identity)
    identity.under.clear()
    for _ in range(5):
        identity.login()
    assert len(identity.recorded(DUE)) == 3


def test_a_dead_link_asks_for_a_new_one_with_the_neutral_answer_m2(identity):
    suspended(identity)
    dead = identity.link(DUE)
    identity.wait(days=8)
    assert certify(identity, dead).status == 410
    identity.under.clear()
    known, unknown = (identity.renew("/certifications", one) for one in (dead, "x" * 43))
    assert (known.status, known.body) == (unknown.status, unknown.body) == (202, known.body)
    assert len(identity.recorded(DUE)) == 1
    assert certify(identity, identity.link(DUE)).status == 204


def test_who_may_log_in_gets_no_link_by_it(identity):
    identity.active()
    run(identity, days=75)
    identity.under.clear()
    assert identity.login().status == 201
    assert identity.recorded(DUE) == []


def test_a_link_asks_for_another_while_one_is_due_and_never_after_it_was_used(identity):
    identity.active()
    run(identity, days=75)
    first = identity.link(DUE)
    identity.renew("/certifications", first)
    second = identity.link(DUE)
    assert [certify(identity, link).status for link in (first, second)] == [410, 204]
    identity.under.clear()
    assert identity.renew("/certifications", second).status == 202
    assert identity.recorded() == []


def test_a_forgotten_password_of_a_suspended_account_gets_the_certification_link(identity):
    suspended(identity)
    identity.under.clear()
    identity.asked_reset()
    assert [event.type for event in identity.recorded()] == [DUE]


def test_a_reset_proves_the_address_too(identity):
    identity.active()
    identity.wait(days=74)
    identity.asked_reset()
    link = identity.link("password_reset.requested.v1")
    form = {"token": link, "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.post("/password-resets/complete", form).status == 204
    assert run(identity, days=74) == 0


def test_a_change_of_identifiant_proves_the_new_address_and_kills_the_link_of_the_former(identity):
    identity.active()
    run(identity, days=76)
    assert identity.ask_identifier(identity.login().json["access_token"]).status == 202
    assert certify(identity, identity.link(DUE)).status == 410
    assert run(identity, hours=1) == 0
    assert identity.activate(identity.change_links()[0]).status == 204
    assert run(identity, days=74) == 0


def test_an_account_that_waits_for_another_address_gets_no_certification_link(identity):
    identity.changing()
    identity.under.clear()
    identity.login()
    identity.asked_reset()
    assert run(identity, days=90) == 0
    assert identity.recorded(DUE) == []


def test_only_accounts_in_use_are_asked(identity):
    identity.opened("paul@example.com")
    assert run(identity, days=100) == 0


@pytest.mark.parametrize("count", [450])
def test_many_come_in_batches(identity, count):
    import sqlalchemy as sa

    from backbone.ids import new_id
    from services.identity.storage.tables import accounts

    same = {"status": "actif", "nom": "M", "prenom": "C", "password_hash": "x", "newsletter": False, "version": 1}
    then = {"created_at": identity.clock.now(), "email_certified_at": identity.clock.now()}
    emails = [f"p{n}@example.com" for n in range(count)]
    with identity.under.engine.begin() as connection:
        rows = [{"account_id": new_id(), "email": email, "email_key": email, **same, **then} for email in emails]
        connection.execute(sa.insert(accounts), rows)
    assert [run(identity, days=75), run(identity, days=15)] == [count, count]
    assert len(identity.recorded("account.updated.v1")) == count


@pytest.mark.parametrize("alter", [lambda t: t[:-1], lambda t: t.swapcase(), lambda t: ""])
def test_an_altered_link_is_dead_aa8(identity, alter):
    suspended(identity)
    assert certify(identity, alter(identity.link(DUE))).status == 410
