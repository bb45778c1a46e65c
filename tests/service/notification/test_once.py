"""One fact is one message, however often and under whatever id its event comes (FA11, K14)."""

from datetime import timedelta
from typing import Any

import pytest

from backbone.events.cards import EventCard
from backbone.testing import ServiceUnderTest
from contracts import REGISTRY
from contracts.events import identity
from services.notification.messages import answering
from tests.service.notification.mail import invite, like, rows, send, text_code

# Those that a message is written for; from the others it keeps what the digest is made of.
CARDS = [card for card in REGISTRY.consumed_by("notification") if answering(card.type)]


def named(card: EventCard) -> str:
    return card.type


@pytest.mark.parametrize("card", CARDS, ids=named)
def test_a_repeated_old_event_with_a_new_id_orders_nothing(under: ServiceUnderTest, card: EventCard) -> None:
    under.deliver(card, sequence=3)
    ordered = [row.delivery_id for row in rows(under)]
    assert ordered
    under.clock.advance(timedelta(days=2))
    under.deliver(card, sequence=3)
    assert [row.delivery_id for row in rows(under)] == ordered


@pytest.mark.parametrize("card", CARDS, ids=named)
def test_the_next_fact_of_the_same_kind_orders_its_own(under: ServiceUnderTest, card: EventCard) -> None:
    under.deliver(card, sequence=3)
    ordered = len(rows(under))
    under.deliver(card, another(card), sequence=4)
    assert len(rows(under)) == 2 * ordered


def another(card: EventCard) -> dict[str, Any]:
    """The example, of another act: each instant of it is later."""
    example = like(card)
    later = {name: value + timedelta(minutes=5) for name, value in example.items() if name.endswith("_at") and value}
    return {**example, **later, **({"reference": "C-2026-000002"} if "reference" in example else {})}


def test_two_codes_and_two_links_are_two_messages(under: ServiceUnderTest) -> None:
    for _ in range(2):
        text_code(under)
        invite(under)
    assert send(under) == 4


def test_two_changes_of_a_password_are_told_twice_even_by_a_database_that_was_restored(under: ServiceUnderTest) -> None:
    card = identity.PASSWORD_CHANGED
    for minutes in (0, 1):
        at = under.clock.now() + timedelta(minutes=minutes)
        under.deliver(card, like(card, changed_at=at), sequence=7)  # the version came back to what it was
    assert send(under) == 2
