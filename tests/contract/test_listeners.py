"""Each consumer hears each of its events through the real inbox: with a field of tomorrow, twice, old after new."""

import json

from backbone.bus.port import Delivery
from backbone.events.cards import EventCard
from backbone.testing import ServiceUnderTest


def delivery(under: ServiceUnderTest, card: EventCard, sequence: int) -> Delivery:
    """The card's example as a producer of tomorrow may send it: with more in it."""
    told = under.delivery(card, card.load(card.example), sequence)
    body = json.dumps({**json.loads(told.body), "of_tomorrow": {"more": [1, 2]}}).encode()
    return Delivery(told.headers, body, told.routing_key, told.user_id, told.redelivered, told.tag)


def test_it_is_applied_once_however_often_it_comes(under: ServiceUnderTest, card: EventCard, consumer: str) -> None:
    told = delivery(under, card, sequence=1)
    first, again = under.take([told]), under.take([told, told])
    assert (first.applied, first.failed, first.parked) == (1, 0, 0), under.errors()
    assert (again.applied, again.failed) == (0, 0)


def test_an_older_one_after_a_newer_one_is_no_error(under: ServiceUnderTest, card: EventCard, consumer: str) -> None:
    outcome = under.take([delivery(under, card, sequence) for sequence in (7, 3, 7)])
    assert (outcome.applied, outcome.failed, outcome.parked) == (3, 0, 0), under.errors()


def test_one_that_claims_another_source_is_parked(under: ServiceUnderTest, card: EventCard, consumer: str) -> None:
    told = delivery(under, card, sequence=9)
    forged = Delivery({**told.headers, "ce-source": "intruder"}, told.body, told.routing_key, "", False, None)
    assert under.take([forged]).parked == 1
