"""Accepting with the account one has (T1, decision 23): an act of the person, logged in, at an address he proved."""

from datetime import date
from uuid import uuid4

import pytest

from contracts import REGISTRY
from tests.service.identity.test_invitations import request_again, standings

IDENTIFIED, ISSUED = "beneficiary.identified.v1", "invitation.issued.v1"
NOBODY = "01930000-0000-7000-8000-00000000dead"
OLD, NEW = "claire@example.com", "martin@example.com"


def acceptance(identity, state, account, **options):
    return identity.post(f"/account/invitations/{state['delegation_id']}/acceptance", as_=account, **options)


def test_a_known_account_is_invited_like_an_unknown_one_and_nobody_is_told_k14(identity):
    identity.active()
    identity.opened()
    identity.opened("nouveau@example.com")
    known, new = identity.recorded(ISSUED)
    assert [known.data.pop("already_known"), new.data.pop("already_known")] == [True, False]
    assert known.data.keys() == new.data.keys()
    assert identity.recorded(IDENTIFIED) == []
    (_, *first), (_, *second) = standings(identity)
    assert first == second


def test_he_reads_what_he_is_offered_and_accepts_without_a_form_t1(identity):
    account = identity.active()
    state = identity.opened(ends_on=date(2027, 1, 31), administrator=True)
    (offer,) = identity.offers()
    assert (offer["delegation_id"], offer["kind"], offer["administrator"]) == (
        str(state["delegation_id"]),
        "cabinet",
        True,
    )
    assert (offer["starts_on"], offer["ends_on"]) == ("2026-11-23", "2027-01-31")
    assert offer["adherent"]["raison_sociale"] == "ENTREPRISE DURAND"
    assert identity.accept() == [204]
    (event,) = identity.recorded(IDENTIFIED)
    assert (event.data["account_id"], event.data["delegation_id"]) == (account, state["delegation_id"])
    assert (event.data["already_known"], event.data["nom"]) == (True, "Martin")
    assert identity.offers() == []
    assert identity.post("/invitations/lookup", {"token": identity.link()}).status == 410


def test_accepting_twice_is_accepting_once(identity):
    account = identity.active()
    state = identity.opened()
    assert [acceptance(identity, state, account).status for _ in range(2)] == [204, 204]
    identity.announce("delegation.confirmed.v1", state, 3, confirmed_at=identity.clock.now())
    assert acceptance(identity, state, account).status == 204
    assert len(identity.recorded(IDENTIFIED)) == 1


def test_all_of_a_page_are_accepted_at_once_and_what_is_over_is_left_out(identity):
    """T1, of several at once."""
    account, paul = identity.active(), identity.active("paul@example.com")
    first, second, closed, past = (identity.opened(ends_on=day) for day in (None, None, None, date(2026, 11, 22)))
    identity.announce("delegation.closed.v1", closed, 2, reason="fermeture")
    elses = identity.opened("paul@example.com")
    ids = [str(one["delegation_id"]) for one in (first, second, closed, past, elses)]
    answer = identity.post("/account/invitations/acceptance", {"delegation_ids": ids}, as_=account)
    assert (answer.status, answer.json["delegation_ids"]) == (200, sorted(ids[:2]))
    assert {str(event.data["delegation_id"]) for event in identity.recorded(IDENTIFIED)} == set(ids[:2])
    again = identity.post("/account/invitations/acceptance", {"delegation_ids": ids}, as_=account)
    assert again.json == answer.json and len(identity.recorded(IDENTIFIED)) == 2
    assert [one["delegation_id"] for one in identity.offers("paul@example.com")] == [ids[4]]
    none = identity.post("/account/invitations/acceptance", {"delegation_ids": ids[:4]}, as_=paul)
    assert none.status == 404


@pytest.mark.parametrize("ids", [[], ["x"], [NOBODY] * 101], ids=["none", "no ids", "more than a page"])
def test_what_is_no_page_of_delegations_is_refused(identity, ids):
    account = identity.active()
    assert identity.post("/account/invitations/acceptance", {"delegation_ids": ids}, as_=account).status == 422


def test_the_rights_that_are_offered_are_said_before_he_acts(identity):
    identity.active()
    state = identity.opened(colleges=["etam"], rights={"mes_documents": "consultation"})
    (offer,) = identity.offers()
    shown = identity.post("/invitations/lookup", {"token": identity.link()}).json
    assert [(one["colleges"], one["rights"]) for one in (offer, shown)] == [
        (["etam"], {"mes_documents": "consultation"}),
    ] * 2
    identity.announce("delegation.stated.v1", {**state, "colleges": ["cadres"], "confirmed_at": None}, 5)
    assert identity.offers()[0]["colleges"] == ["cadres"]


def test_what_is_not_his_is_not_there(identity):
    account, paul = identity.active(), identity.active("paul@example.com")
    state, closed, past = identity.opened(), identity.opened(), identity.opened(ends_on=date(2026, 11, 22))
    identity.announce("delegation.closed.v1", closed, 2, reason="fermeture")
    never = acceptance(identity, {"delegation_id": uuid4()}, account)
    refused = [acceptance(identity, state, paul), *(acceptance(identity, one, account) for one in (closed, past))]
    for answer in refused:
        assert (answer.status, {**answer.json, "instance": ""}) == (404, {**never.json, "instance": ""})
    assert [one["delegation_id"] for one in identity.offers()] == [str(state["delegation_id"])]
    assert identity.offers("paul@example.com") == [] and identity.recorded(IDENTIFIED) == []


def test_nobody_accepts_without_a_session(identity):
    state = identity.opened()
    assert identity.get("/account/invitations").status == 401
    assert identity.post(f"/account/invitations/{state['delegation_id']}/acceptance").status == 401


@pytest.mark.parametrize("what", ["expired", "held back by the limit"])
def test_a_login_needs_no_link_that_lives(identity, what):
    account = identity.active()
    for _ in range(0 if what == "expired" else 3):
        identity.opened()
    state = identity.opened()
    if what == "expired":
        identity.wait(days=8)
    assert acceptance(identity, state, account).status == 204
    assert identity.told(IDENTIFIED) == [OLD]


def test_the_link_says_how_one_accepts_and_never_takes_a_form_of_a_known_account(identity):
    identity.active()
    identity.opened()
    token = identity.link()
    assert identity.post("/invitations/lookup", {"token": token}).json["accepts_by"] == "connexion"
    assert identity.complete(token).status == 410
    assert identity.post("/invitations/accept", {"token": token}).status == 410
    assert identity.login().status == 201
    assert identity.recorded(IDENTIFIED) == []


def test_who_completed_and_cannot_log_in_yet_accepts_by_the_link(identity):
    identity.opened()
    assert identity.post("/invitations/lookup", {"token": identity.link()}).json["accepts_by"] == "formulaire"
    assert identity.post("/invitations/accept", {"token": identity.link()}).status == 410
    identity.complete(identity.link())
    assert identity.login().status == 401
    identity.under.clear()
    state = identity.opened(adherent_id=uuid4())
    token = identity.link()
    assert identity.post("/invitations/lookup", {"token": token}).json["accepts_by"] == "lien"
    assert identity.complete(token, nom="Autre").status == 410
    assert [identity.post("/invitations/accept", {"token": one}).status for one in (token, token)] == [204, 410]
    (event,) = identity.recorded(IDENTIFIED)
    assert (event.data["delegation_id"], event.data["nom"]) == (state["delegation_id"], "Martin")
    person = {"email": OLD, "account_id": event.data["account_id"], "nom": "Martin", "prenom": "Claire"}
    identity.announce("delegation.confirmed.v1", state, 3, beneficiary=person, confirmed_at=identity.clock.now())
    assert identity.login().status == 201


def test_a_founder_with_an_account_is_in_at_once_and_nothing_else_with_him(identity):
    identity.active()
    waiting = identity.opened()
    founder = identity.opened(kind="fondateur", adherent_id=uuid4())
    (event,) = identity.recorded(IDENTIFIED)
    assert event.data["delegation_id"] == founder["delegation_id"]
    assert [one["delegation_id"] for one in identity.offers()] == [str(waiting["delegation_id"])]


def test_a_new_link_for_a_known_account_obeys_the_same_limits(identity):
    identity.active()
    identity.active("paul@example.com")
    for email in (OLD, "nouveau@example.com"):
        state = identity.opened(email, adherent_id=uuid4())
        for _ in range(4):
            request_again(identity, state, email)
    waits = [one.data["waits_for"] for one in identity.recorded("invitation.standing.v1")]
    assert waits == [None, None, None, "limite"] * 2


def test_a_known_account_that_forgot_its_password_gets_its_link_and_nobody_who_invited_it_is_told_k14(identity):
    identity.active()
    identity.opened()
    told = standings(identity)
    identity.asked_reset()
    assert len(identity.recorded("password_reset.requested.v1")) == 1
    assert (identity.told(ISSUED), standings(identity)) == ([OLD], told)


def test_who_completed_and_cannot_log_in_yet_is_sent_a_link_that_accepts(identity):
    identity.opened()
    identity.complete(identity.link())
    state = identity.opened(adherent_id=uuid4())
    identity.asked_reset()
    assert identity.told(ISSUED) == [OLD] * 3
    assert identity.post("/invitations/accept", {"token": identity.link()}).status == 204
    assert identity.recorded(IDENTIFIED)[-1].data["delegation_id"] == state["delegation_id"]


def test_who_leaves_the_address_leaves_what_he_did_not_accept(identity):
    link, back = identity.changing()
    state = identity.opened()
    token = identity.link()
    assert identity.activate(link).status == 204
    assert identity.offers(NEW) == []
    assert acceptance(identity, state, identity.account_of(NEW)).status == 404
    assert identity.post("/invitations/lookup", {"token": token}).status == 410
    assert identity.under.run_job("invite_waiting") == 1
    assert identity.recorded("invitation.standing.v1")[-1].data["waits_for"] == "adresse_retenue"
    identity.asked_reset(NEW)
    identity.wait(hours=73)
    assert identity.under.run_job("invite_waiting") == 1
    assert identity.told(ISSUED) == [OLD, OLD]
    assert identity.complete(identity.link(), nom="Suivante").status == 200
    assert identity.recorded(IDENTIFIED)[-1].data["nom"] == "Suivante"
    assert identity.undo(back).status == 410


def test_what_was_sent_to_an_address_that_is_given_back_is_its_mailboxs(identity):
    link, back = identity.changing()
    identity.activate(link)
    identity.under.clear()
    state = identity.opened(NEW)
    identity.undo_and_choose(back)
    assert identity.offers(OLD) == []
    assert identity.under.run_job("invite_waiting") == 1
    assert identity.told(ISSUED) == [NEW, NEW]
    assert identity.complete(identity.link(), nom="Suivante").status == 200
    (event,) = identity.recorded(IDENTIFIED)
    assert (event.data["delegation_id"], event.data["nom"]) == (state["delegation_id"], "Suivante")


def test_what_a_former_address_bore_does_not_show_at_the_next_one(identity):
    link, _ = identity.changing()
    adherent = uuid4()
    for _ in range(3):
        identity.opened(OLD, adherent_id=adherent)
    identity.activate(link)
    identity.under.clear()
    identity.opened(NEW, adherent_id=adherent)
    assert identity.told(ISSUED) == [NEW]


def test_many_accept_at_their_own_pace(identity):
    account = identity.active()
    card = REGISTRY.cards["delegation.opened.v1"]
    states = [identity.state(OLD, adherent_id=uuid4()) for _ in range(30)]
    identity.under.take([identity.under.delivery(card, state) for state in states])
    first = identity.get("/account/invitations?page_size=25", as_=account).json
    assert (len(first["items"]), first["total"]) == (25, 30)
    assert acceptance(identity, states[3], account).status == 204
    assert identity.get("/account/invitations?page_size=25", as_=account).json["total"] == 29


def test_the_version_before_asked_for_no_address_and_its_rows_are_accepted_too(identity):
    identity.active()
    identity.opened()
    with identity.under.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE delegations SET email = NULL, email_key = NULL")
    assert len(identity.offers()) == 1 and identity.accept() == [204]
