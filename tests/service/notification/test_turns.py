"""Mails of a neighbour leave before the rest of a flood (decision 31), whoever made the flood."""

from datetime import timedelta

from backbone.events.envelope import LANE
from backbone.ids import new_id
from contracts.events import contact, delegation, identity
from services.notification.storage.tables import delivery
from tests.service.notification.mail import SEALED, invite, like, rows, send, text_code

FLOOD = 30


def of(adherent):
    return {"adherent": {**like(identity.INVITATION_ISSUED)["adherent"], "adherent_id": adherent}}


def imported(under, count):
    """An import invites many: bulk events, each of another adhérent."""
    card, many = identity.INVITATION_ISSUED, []
    for number in range(count):
        expires_at = under.clock.now() + timedelta(days=7)
        given = {"invitation_id": new_id(), "email": f"f{number}@foule.example.com", "expires_at": expires_at}
        one = under.delivery(card, like(card, **{**SEALED, **given, **of(new_id())}))
        many.append(one._replace(headers={**one.headers, LANE: "bulk"}))
    assert under.take(many).applied == count


def place(sink, email):
    return [str(message["To"]) for message in sink.messages].index(email)


def test_who_orders_one_mail_does_not_wait_for_another_companys_thousand(under, sink):
    noisy = new_id()
    for number in range(FLOOD):
        invite(under, f"b{number}@bruit.example.com", **of(noisy))
    under.clock.advance(timedelta(seconds=1))
    invite(under, "voisin@example.com", **of(new_id()))
    assert send(under) == FLOOD + 1
    assert place(sink, "voisin@example.com") == 5  # behind the first second of the flood, and no more
    flood = [str(message["To"]) for message in sink.messages if "bruit" in str(message["To"])]
    assert flood == [f"b{number}@bruit.example.com" for number in range(FLOOD)]


def test_what_an_import_brings_leaves_after_all_that_somebody_does_now(under, sink):
    imported(under, FLOOD)
    under.clock.advance(timedelta(hours=1))
    invite(under, "voisin@example.com", **of(new_id()))
    under.deliver(delegation.DELEGATION_REFUSED, like(delegation.DELEGATION_REFUSED))
    assert send(under) == FLOOD + 3  # a refusal is told to the person and to the other administrator
    assert all("foule" not in str(message["To"]) for message in sink.messages[:3])


def test_an_import_does_not_wait_for_ever_behind_copies(under, sink):
    """Copies of messages to a caisse have the urgency that bulk mails get: they take turns by time."""
    imported(under, 1)
    under.clock.advance(timedelta(minutes=1))
    under.deliver(contact.MESSAGE_SENT, like(contact.MESSAGE_SENT))
    send(under)
    assert place(sink, "f0@foule.example.com") == 0


def test_what_the_version_before_orders_meanwhile_goes_first(under):
    """It knows neither column: they have the values that put it where it would have been."""
    text_code(under)
    (row,) = rows(under)
    assert row.turn > 0 and row.party
    assert delivery.c.turn.server_default.arg == "0" and delivery.c.party.server_default.arg == ""
