"""When the link of an invitation was first opened: noted once, told to delegation, nothing is consumed (K6, AA9)."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from backbone.messaging import announcing
from contracts import REGISTRY
from services.identity.storage.tables import invitations
from tests.service.identity.test_shares import forgotten

STANDING = "invitation.standing.v1"
HOUR = timedelta(hours=1)


def look(identity: Any, link: str, status: int = 200) -> None:
    assert identity.post("/invitations/lookup", {"token": link}).status == status


def told(identity: Any) -> list[tuple[int, Any]]:
    return [(one.sequence, one.data["opened_at"]) for one in identity.recorded(STANDING)]


def test_the_first_opening_is_told_with_its_instant_and_no_other_is(identity: Any) -> None:
    identity.opened()
    made = identity.clock.now()
    identity.wait(hours=1)
    for _ in range(3):
        look(identity, identity.link())
        identity.wait(hours=1)
    assert told(identity) == [(1, None), (2, made + HOUR)]
    first, second = (one.data for one in identity.recorded(STANDING))
    assert {**first, "opened_at": made + HOUR} == second
    assert identity.complete(identity.link()).status == 200


def test_what_waits_goes_on_waiting_and_the_next_link_is_a_new_one(identity: Any) -> None:
    state = identity.opened()
    again = {"delegation_id": state["delegation_id"], "email": "claire@example.com"}
    for _ in range(3):
        identity.under.deliver(REGISTRY.cards["invitation.requested.v1"], again, sequence=2)
    look(identity, identity.link())
    waiting, opened = (one.data for one in identity.recorded(STANDING)[-2:])
    assert waiting["waits_for"] == "limite"
    assert opened == {**waiting, "opened_at": identity.clock.now()}
    identity.wait(hours=1)
    assert identity.under.run_job("invite_waiting") == 1
    newest = identity.recorded(STANDING)[-1].data
    assert (newest["opened_at"], newest["next_at"]) == (None, None)


def test_a_dead_link_is_opened_by_nobody(identity: Any) -> None:
    state = identity.opened()
    identity.announce("delegation.closed.v1", state, 2, reason="fermeture")
    look(identity, identity.link(), 410)
    assert [opened for _, opened in told(identity)] == [None]
    with identity.under.engine.connect() as connection:
        assert connection.execute(select(invitations.c.opened_at)).scalars().all() == [None]


def test_a_link_of_ones_own_is_told_to_nobody(identity: Any) -> None:
    identity.opened()
    assert forgotten(identity)
    look(identity, identity.link())
    assert told(identity) == [(1, None)]


def test_it_is_said_again_after_a_restore(identity: Any) -> None:
    identity.opened()
    look(identity, identity.link())
    before = told(identity)[-1]
    announcing.announce(identity.under.unit, identity.under.service.announces)
    assert told(identity)[-1] == before
