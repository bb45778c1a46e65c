"""Each consumer hears each of its events through the real inbox, as each frozen copy has it, the newest of which is the
example of its card: with a field of tomorrow, twice, old after new."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from backbone.bus.port import Delivery
from backbone.events.cards import EventCard
from backbone.testing import ServiceUnderTest
from tests.contract.freezing import copies


@pytest.fixture
def said(card: EventCard, place: int) -> Mapping[str, Any]:
    """What a version of yesterday, or of today, says; with more in it, as one of tomorrow may."""
    return {**copies(card)[place].example, "of_tomorrow": {"more": [1, 2]}}


def delivery(under: ServiceUnderTest, card: EventCard, said: Mapping[str, Any], sequence: int) -> Delivery:
    told = under.delivery(card, card.load(card.example), sequence)
    return told._replace(body=json.dumps(said).encode())


def test_it_is_applied_once_however_often_it_comes(
    under: ServiceUnderTest, card: EventCard, place: int, consumer: str, said: Mapping[str, Any]
) -> None:
    told = delivery(under, card, said, sequence=place * 10 + 1)
    first, again = under.take([told]), under.take([told, told])
    assert (first.applied, first.failed, first.parked) == (1, 0, 0), under.errors()
    assert (again.applied, again.failed) == (0, 0)


def test_an_older_one_after_a_newer_one_is_no_error(
    under: ServiceUnderTest, card: EventCard, place: int, consumer: str, said: Mapping[str, Any]
) -> None:
    outcome = under.take([delivery(under, card, said, place * 10 + sequence) for sequence in (7, 3, 7)])
    assert (outcome.applied, outcome.failed, outcome.parked) == (3, 0, 0), under.errors()


def test_one_that_claims_another_source_is_parked(
    under: ServiceUnderTest, card: EventCard, place: int, consumer: str, said: Mapping[str, Any]
) -> None:
    told = delivery(under, card, said, sequence=place * 10 + 9)
    forged = told._replace(headers={**told.headers, "ce-source": "intruder"}, user_id="")
    assert under.take([forged]).parked == 1
