"""What delegation says again of somebody whose link died with a closing that it knows no more (decision 28)."""

import pytest

from contracts import REGISTRY

ISSUED, STATED = "invitation.issued.v1", REGISTRY.cards["delegation.stated.v1"]
EMAIL = "claire@example.com"


def stated(identity, state):
    """Its owner was put back to a copy in which it waits, and says so in a new epoch."""
    names = STATED.schema().fields
    known = {**STATED.load(STATED.example), **{name: value for name, value in state.items() if name in names}}
    delivery = identity.under.delivery(STATED, {**known, "completed_at": None, "confirmed_at": None})
    taken = identity.under.take([delivery._replace(headers={**delivery.headers, "ce-epoch": "2"})])
    assert taken.applied == 1


def resent(identity, state):
    wanted = {"delegation_id": state["delegation_id"], "email": EMAIL}
    identity.under.deliver(REGISTRY.cards["invitation.requested.v1"], wanted)


def forgotten(identity, state):
    identity.asked_reset(EMAIL)


@pytest.mark.parametrize("before", [(), (resent,), (forgotten, forgotten), (forgotten, resent, forgotten)])
def test_who_waits_again_gets_a_link_whatever_links_there_were(identity, before):
    state = identity.opened(EMAIL)
    for act in before:
        act(identity, state)
    identity.announce("delegation.closed.v1", state, 2, reason="fermeture")
    made = len(identity.recorded(ISSUED))
    stated(identity, state)
    assert len(identity.recorded(ISSUED)) == made + 1
    assert identity.complete(identity.link()).status == 200


def test_who_has_a_link_gets_no_other(identity):
    state = identity.opened(EMAIL)
    resent(identity, state), forgotten(identity, state)
    made = len(identity.recorded(ISSUED))
    stated(identity, state)
    assert len(identity.recorded(ISSUED)) == made
