"""What one sender may invite a mailbox to is not used up by another: a stranger who types an address in « Mot de passe
oublié ? », the company, and each of those who delegate below it, count apart (K1, K10)."""

from datetime import timedelta

import pytest

from backbone.ids import new_id
from contracts.events.delegation import INVITATION_REQUESTED
from tests.support.migrating import repeat

ISSUED, STANDING = "invitation.issued.v1", "invitation.standing.v1"
EMAIL, OTHER = "claire@example.com", "Une autre phrase 8!"


def resent(identity, state) -> bool:
    """An administrator asks for a new link: whether one was made."""
    before = len(identity.recorded(ISSUED))
    wanted = {"delegation_id": state["delegation_id"], "email": EMAIL}
    identity.under.deliver(INVITATION_REQUESTED, wanted)
    return len(identity.recorded(ISSUED)) > before


def forgotten(identity) -> bool:
    """Somebody types the address in « Mot de passe oublié ? »: whether a link was made; the answer never tells."""
    before = len(identity.recorded(ISSUED))
    assert identity.asked_reset(EMAIL).status == 202
    return len(identity.recorded(ISSUED)) > before


def test_a_stranger_who_types_the_address_uses_nothing_of_what_the_company_may_send(identity):
    state = identity.opened()
    assert [forgotten(identity) for _ in range(5)] == [True] * 3 + [False] * 2
    assert [resent(identity, state) for _ in range(3)] == [True] * 2 + [False]


def test_the_company_uses_nothing_of_the_persons_own(identity):
    state = identity.opened()
    assert [resent(identity, state) for _ in range(3)] == [True] * 2 + [False]
    assert forgotten(identity)


def test_over_its_bound_it_kills_no_link_and_nothing_is_told_or_left_to_leave_by_itself(identity):
    identity.opened()
    while forgotten(identity):
        pass
    link, told = identity.link(), len(identity.recorded(STANDING))
    assert not forgotten(identity)
    assert len(identity.recorded(STANDING)) == told
    identity.wait(minutes=50)
    identity.under.run_job("invite_waiting")
    assert identity.link() == link
    assert identity.complete(link).status == 200


def test_a_link_of_ones_own_ends_the_former_one_of_ones_own_alone(identity):
    state = identity.opened()
    company = identity.link()
    assert forgotten(identity)
    former = identity.link()
    assert forgotten(identity)
    mine = identity.link()
    looked = [identity.post("/invitations/lookup", {"token": link}).status for link in (company, former, mine)]
    assert looked == [200, 410, 200]
    assert resent(identity, state)
    looked = [identity.post("/invitations/lookup", {"token": link}).status for link in (company, mine)]
    assert looked == [410, 200]
    assert [identity.complete(link).status for link in (mine, identity.link())] == [200, 410]


def test_one_that_dies_with_its_delegation_is_made_anew_for_another_and_one_that_was_used_is_not(identity):
    identity.opened(adherent_id=new_id())
    newest = identity.opened()
    assert forgotten(identity)
    mine = identity.link()
    identity.announce("delegation.closed.v1", newest, 2, reason="fermeture")
    assert identity.complete(mine).status == 410
    identity.renew("/invitations", mine)
    assert identity.recorded(ISSUED)[-1].data["delegation_id"] != newest["delegation_id"]
    assert identity.complete(identity.link()).status == 200
    made = len(identity.recorded(ISSUED))
    identity.renew("/invitations", identity.link())
    assert len(identity.recorded(ISSUED)) == made


def test_one_of_an_owner_who_moved_before_anybody_looked_ends_for_who_has_the_address_now(identity):
    """The job that gives what waits to who has the address was held up for longer than the move can be undone."""
    first = identity.opened()
    assert identity.complete(identity.link()).status == 200
    identity.opened(adherent_id=new_id())
    assert forgotten(identity)
    me = {"email": EMAIL, "account_id": identity.account_of(EMAIL), "nom": "Martin", "prenom": "Claire"}
    identity.announce("delegation.confirmed.v1", first, 3, beneficiary=me, confirmed_at=identity.clock.now())
    assert identity.ask_identifier(identity.login().json["access_token"]).status == 202
    assert identity.activate(identity.change_links()[0]).status == 204
    identity.wait(hours=73)
    for job in ("lapse_identifiers", "invite_waiting"):
        identity.under.run_job(job)
    assert forgotten(identity)
    assert identity.complete(identity.link()).status == 200


def test_what_waits_goes_on_saying_which_link_of_the_company_lives(identity):
    state = identity.opened()
    resent(identity, state), resent(identity, state)
    told = identity.recorded(STANDING)[-1].data
    assert forgotten(identity) and not resent(identity, state)
    waits = identity.recorded(STANDING)[-1].data
    assert (waits["waits_for"], waits["invitation_id"]) == ("limite", told["invitation_id"])


def test_in_a_day_too_and_for_the_whole_mailbox(identity):
    identity.opened()
    sent = 0
    for _ in range(23):
        sent += forgotten(identity)
        identity.wait(hours=1)
    assert sent == 10
    for _ in range(25):
        identity.opened(adherent_id=new_id())
    assert len(identity.recorded(ISSUED)) == 1 + sent + 25


@pytest.mark.parametrize("first", ["company", "firm"])
def test_what_the_company_asks_for_is_not_to_be_read_from_what_the_firm_may_send(identity, first):
    parent = new_id()
    states = {"company": identity.opened(), "firm": identity.opened(parent_id=parent)}
    ours, theirs = states.pop(first), states.popitem()[1]
    identity.wait(minutes=5)
    assert [resent(identity, ours) for _ in range(3)] == [True] * 2 + [False]
    waits = [event.data["waits_for"] for event in identity.recorded(STANDING)]
    assert waits[-1] == "limite"
    assert [resent(identity, theirs) for _ in range(3)] == [True] * 2 + [False]


def test_what_waits_is_counted_where_it_was_asked(identity):
    state = identity.opened()
    for _ in range(3):
        resent(identity, state)
    for _ in range(3):
        forgotten(identity)
    identity.wait(hours=1)
    before = len(identity.recorded(ISSUED))
    resent(identity, state)
    assert len(identity.recorded(ISSUED)) == before + 1
    assert identity.recorded(ISSUED)[-1].data["expires_at"] == identity.clock.now() + timedelta(days=7)


def test_a_link_of_the_version_before_that_took_the_place_of_the_companys_is_the_companys(identity):
    state = identity.opened()
    told = identity.recorded(STANDING)[-1].data
    with identity.under.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE invitations SET share = 'oubli'")
        connection.exec_driver_sql("DROP INDEX invitations_one_own_live")
    repeat(identity.under, "own_links")
    while resent(identity, state):
        pass
    assert identity.post("/invitations/lookup", {"token": identity.sealed(ISSUED)[0]["token"]}).status == 410
    assert len(identity.recorded(ISSUED)) == 3
    assert identity.recorded(STANDING)[-1].data["invitation_id"] != told["invitation_id"]
