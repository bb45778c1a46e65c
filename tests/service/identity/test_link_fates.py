"""What became of a link is told to its owner, who is logged in with that account; to others it is not found."""

import pytest

from contracts.words.links import LinkState
from tests.service.identity.conftest import OTHER


def told(identity, me, purpose, token):
    answer = identity.post("/account/links/lookup", {"purpose": purpose, "token": token}, as_=me)
    return answer.json["state"] if answer.status == 200 else answer.status


def reset(identity):
    identity.asked_reset()
    return identity.link("password_reset.requested.v1")


def test_a_link_that_replaces_a_password_has_four_outcomes(identity):
    me = identity.active()
    first = reset(identity)
    assert told(identity, me, "reset", first) == LinkState.VALID
    second = reset(identity)
    assert told(identity, me, "reset", first) == LinkState.REPLACED
    form = {"token": second, "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.post("/password-resets/complete", form).status == 204
    assert told(identity, me, "reset", second) == LinkState.USED
    third = reset(identity)
    identity.wait(hours=2)
    assert told(identity, me, "reset", third) == LinkState.EXPIRED


def test_the_invitation_that_was_used_and_the_one_it_replaced(identity):
    identity.opened()
    first = identity.link()
    identity.renew("/invitations", first)
    second = identity.link()
    identity.complete(second)
    me = identity.account_of("claire@example.com")
    assert [told(identity, me, "invitation", one) for one in (first, second)] == [LinkState.REPLACED, LinkState.USED]


def test_the_links_of_a_change_of_address(identity):
    activation, undo = identity.changing()
    me = identity.account_of("claire@example.com")
    assert identity.activate(activation).status == 204
    assert [told(identity, me, "identifier", activation), told(identity, me, "undo", undo)] == ["utilise", "valable"]
    identity.undo(undo)
    assert told(identity, me, "undo", undo) == LinkState.USED


def test_somebody_else_is_told_no_more_than_of_a_link_that_never_was(identity):
    identity.active()
    stranger = identity.active("autre@example.com")
    link = reset(identity)
    answers = [
        identity.post("/account/links/lookup", {"purpose": "reset", "token": token}, as_=stranger)
        for token in (link, "A" * 43)
    ]
    bodies = [{name: value for name, value in one.json.items() if name != "instance"} for one in answers]
    assert [one.status for one in answers] == [404, 404] and bodies[0] == bodies[1]
    assert identity.post("/account/links/lookup", {"purpose": "reset", "token": link}).status == 401


def test_a_link_of_before_that_ended_nobody_knows_how_is_not_told(identity):
    me = identity.active()
    link = reset(identity)
    reset(identity)
    with identity.under.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE resets SET ended_by = NULL")
    assert told(identity, me, "reset", link) == 404


@pytest.mark.parametrize("purpose", ["dossier", "", "RESET"])
def test_an_unknown_purpose_is_refused(identity, purpose):
    assert told(identity, identity.active(), purpose, "A" * 43) == 422
