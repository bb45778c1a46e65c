"""What one sender may invite a mailbox to is not used up by another: a stranger who types an address in « Mot de passe
oublié ? », the company, and each of those who delegate below it, count apart (K1, K10)."""

from datetime import timedelta

import pytest

from backbone.ids import new_id
from contracts.delegation import INVITATION_REQUESTED

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


def test_the_link_that_dies_is_replaced_by_one_that_leaves(identity):
    identity.opened()
    former = identity.link()
    assert forgotten(identity)
    assert [identity.complete(link).status for link in (former, identity.link())] == [410, 200]


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
