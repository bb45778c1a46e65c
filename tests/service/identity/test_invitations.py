"""Invitations (G40–G43, T1, C4): who gets a link, one live per delegation, never a flood, never a second form."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from contracts import REGISTRY
from services.identity.storage.tables import accounts, email_proofs, invitations


def issued(identity):
    return identity.recorded("invitation.issued.v1")


def request_again(identity, state, email="claire@example.com"):
    card = REGISTRY.cards["invitation.requested.v1"]
    identity.under.deliver(card, {"delegation_id": state["delegation_id"], "email": email}, sequence=2)


def test_a_delegation_to_an_unknown_address_issues_one_link_g40(identity):
    state = identity.opened()
    (event,) = issued(identity)
    assert event.data["email"] == "claire@example.com"
    assert event.data["delegation_id"] == state["delegation_id"]
    assert event.data["expires_at"] == identity.clock.now() + timedelta(days=7)


def test_at_rest_there_is_only_a_hash_c4(identity):
    identity.opened()
    with identity.under.engine.connect() as connection:
        (row,) = connection.execute(select(invitations)).all()
    assert identity.link() not in str(row)


def test_what_the_link_shows_before_anything_is_typed_g44(identity):
    identity.opened()
    shown = identity.post("/invitations/lookup", {"token": identity.link()}).json
    assert shown["adherent"] == {
        "raison_sociale": "ENTREPRISE DURAND",
        "identifiant": "0412345",
        "siren": "732829320",
    }
    assert (shown["email"], shown["starts_on"], shown["administrator"]) == ("claire@example.com", "2026-11-23", False)


def test_looking_five_times_uses_nothing_aa9(identity):
    identity.opened()
    assert [identity.post("/invitations/lookup", {"token": identity.link()}).status for _ in range(5)] == [200] * 5
    assert identity.complete(identity.link()).status == 200


def test_two_adherents_that_invite_one_address_share_one_account_t1(identity):
    first, second = identity.opened(), identity.opened(" Claire@Example.com", adherent_id=uuid4())
    assert len(issued(identity)) == 2
    assert identity.complete(identity.link()).status == 200
    identified = identity.recorded("beneficiary.identified.v1")
    assert {one.data["delegation_id"] for one in identified} == {first["delegation_id"], second["delegation_id"]}
    assert len({one.data["account_id"] for one in identified}) == 1
    assert not any(one.data["already_known"] for one in identified)


def test_the_other_links_of_a_completed_account_are_dead_aa6(identity):
    identity.opened()
    first = identity.link()
    identity.opened(adherent_id=uuid4())
    identity.complete(identity.link())
    assert identity.complete(first).status == 410


def test_the_same_opening_announced_by_another_event_makes_no_second_link_fa11(identity):
    state = identity.opened()
    identity.under.deliver(REGISTRY.cards["delegation.opened.v1"], state)
    assert len(issued(identity)) == 1


def test_many_openings_in_one_batch_make_one_link_each(identity):
    card = REGISTRY.cards["delegation.opened.v1"]
    states = [identity.state(f"person{n % 40}@example.com", adherent_id=uuid4()) for n in range(60)]
    identity.under.take([identity.under.delivery(card, state) for state in states])
    assert len(issued(identity)) == 60
    with identity.under.engine.connect() as connection:
        assert len(connection.execute(select(accounts.c.account_id)).all()) == 40


def test_a_closing_that_comes_before_its_opening_leaves_no_link_fa12(identity):
    state = identity.state("claire@example.com")
    identity.announce("delegation.closed.v1", state, 4, closed_at=identity.clock.now(), reason="fermeture")
    identity.under.deliver(REGISTRY.cards["delegation.opened.v1"], state, sequence=1)
    assert issued(identity) == []


def test_closing_and_refusing_kill_the_link(identity):
    for type, changes in (("delegation.closed.v1", {"reason": "fermeture"}), ("delegation.refused.v1", {})):
        state = identity.opened(f"{type[:16]}@example.com")
        identity.announce(type, state, 2, **changes)
        assert identity.complete(identity.link()).status == 410


def test_a_new_link_kills_the_former_one_c4(identity):
    state = identity.opened()
    former = identity.link()
    request_again(identity, state)
    assert identity.complete(former).status == 410
    assert identity.complete(identity.link()).status == 200


def test_one_adherent_cannot_flood_an_address_but_another_may_write(identity):
    state = identity.opened()
    for _ in range(6):
        request_again(identity, state)
    assert len(issued(identity)) == 3
    identity.opened(adherent_id=uuid4())
    assert len(issued(identity)) == 4
    assert identity.post("/invitations/lookup", {"token": identity.sealed("invitation.issued.v1")[2]["token"]}).json


def standings(identity):
    fields = ("issued_at", "expires_at", "next_at", "waits_for")
    events = identity.recorded("invitation.standing.v1")
    return [(event.sequence, *(event.data[name] for name in fields)) for event in events]


def test_each_link_says_where_the_invitation_stands_and_so_does_what_the_limit_holds_back_k6(identity):
    state, now, hour, week = identity.opened(), identity.clock.now(), timedelta(hours=1), timedelta(days=7)
    for _ in range(4):
        request_again(identity, state)
    linked = [(n, now, now + week, None, None) for n in (1, 2, 3)]
    assert standings(identity) == [*linked, (4, now, now + week, now + hour, "limite")]
    last = identity.link()
    assert identity.post("/invitations/lookup", {"token": last}).status == 200


def test_what_the_limit_held_back_leaves_by_itself_when_its_window_opens_k6(identity):
    for _ in range(3):
        state = identity.opened()
        identity.announce("delegation.closed.v1", state, 2, reason="fermeture")
    opened = [identity.opened(), identity.opened()]
    assert len(issued(identity)) == 3
    identity.wait(minutes=59)
    assert identity.under.run_job("invite_waiting") == 0
    identity.wait(minutes=1)
    assert [identity.under.run_job("invite_waiting") for _ in range(2)] == [2, 0]
    assert {one.data["delegation_id"] for one in issued(identity)[3:]} == {one["delegation_id"] for one in opened}
    assert standings(identity)[-1][2:] == (identity.clock.now() + timedelta(days=7), None, None)
    assert identity.complete(identity.link()).status == 200


def test_more_than_a_window_lets_through_waits_for_the_next_one_k6(identity):
    for _ in range(7):
        identity.opened()
    for hours, left in ((1, 6), (1, 7)):
        identity.wait(hours=hours)
        identity.under.run_job("invite_waiting")
        assert len(issued(identity)) == left
    assert identity.under.run_job("invite_waiting") == 0


def test_what_waits_is_identified_with_the_others_when_the_account_is_completed(identity):
    for _ in range(4):
        identity.opened()
    identity.complete(identity.link())
    identity.wait(hours=2)
    assert identity.under.run_job("invite_waiting") == 0
    assert (len(issued(identity)), len(identity.recorded("beneficiary.identified.v1"))) == (3, 4)


def test_who_never_opened_his_account_and_forgot_his_password_is_invited_again(identity):
    identity.opened(adherent_id=uuid4())
    newest = identity.opened()
    answers = [identity.asked_reset(), identity.asked_reset("nobody@example.com")]
    assert (answers[0].status, answers[0].body) == (answers[1].status, answers[1].body)
    assert [event.data["delegation_id"] for event in issued(identity)[2:]] == [newest["delegation_id"]]
    assert [identity.asked_reset().status for _ in range(4)] == [202] * 4
    assert len(issued(identity)) == 5
    assert identity.complete(identity.link()).status == 200
    assert identity.recorded("password_reset.requested.v1") == []


def test_a_request_for_an_unknown_or_finished_delegation_makes_nothing(identity):
    identity.active()
    request_again(identity, {"delegation_id": uuid4()})
    assert issued(identity) == []


def test_an_expired_link_is_dead_and_its_holder_gets_another_at_the_same_address_aa7(identity):
    identity.opened()
    expired = identity.link()
    identity.wait(days=7)
    assert identity.post("/invitations/lookup", {"token": expired}).status == 410
    assert identity.renew("/invitations", expired).status == 202
    assert len(issued(identity)) == 2
    assert issued(identity)[1].data["email"] == "claire@example.com"
    assert identity.complete(identity.link()).status == 200


def test_renewing_answers_the_same_whatever_the_link_was_m2(identity):
    identity.opened()
    used = identity.link()
    identity.complete(used)
    answers = [identity.renew("/invitations", one) for one in (used, "x" * 43, used[:-1])]
    assert {(one.status, one.body) for one in answers} == {(202, answers[0].body)}
    assert len(issued(identity)) == 1


def test_both_acts_that_prove_the_address_are_kept_t4(identity):
    """The guide names the administrator's link as the proof (G53): it is one of two."""
    identity.active()
    with identity.under.engine.connect() as connection:
        acts = connection.execute(select(email_proofs.c.act).order_by(email_proofs.c.proof_id)).scalars().all()
    assert acts == ["invitation", "confirmation"]


def test_no_event_row_holds_a_usable_secret(identity):
    state = identity.opened()
    request_again(identity, state)
    token = identity.link()
    with identity.under.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT headers, body FROM outbox").all()
    assert rows and not any(token in str(row) for row in rows)
