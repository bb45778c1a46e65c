"""New bank details (G78): who is written to, and which SMS a code is for."""

from datetime import UTC, datetime
from typing import Any

import pytest

from backbone.events.cards import Event, EventCard
from backbone.ids import new_id
from contracts.events import bank_details, identity
from contracts.words.bank_details import CodeFor
from services.notification.messages import KINDS, answering

DURAND, CLAIRE = "durand@example.com", "comptable@example.com"


def told(card: EventCard, **changes: Any) -> list[tuple[str, str]]:
    data = {**card.load(card.example), **changes}
    event = Event(new_id(), card.type, card.producer, str(data[card.key]), datetime(2026, 11, 23, tzinfo=UTC), 1, data)
    return [(order.kind.name, order.recipient) for message in answering(card.type) for order in message.orders(event)]


@pytest.mark.parametrize(
    ("card", "name"),
    [
        (bank_details.BANK_DETAILS_ASKED, "coordonnees_bancaires_demandees"),
        (bank_details.BANK_DETAILS_CANCELLED, "coordonnees_bancaires_annulees"),
    ],
    ids=["asked", "cancelled"],
)
def test_g78_every_administrator_is_told_and_no_preference_silences_it(card: EventCard, name: str) -> None:
    assert told(card) == [(name, DURAND), (name, CLAIRE)]
    assert KINDS[name].stops is None


@pytest.mark.parametrize(
    ("purpose", "name"),
    [
        (CodeFor.CERTIFICATION, "code_mobile"),
        (CodeFor.BANK_DETAILS, "code_coordonnees_bancaires"),
    ],
)
def test_g78_an_sms_says_what_its_code_is_for(purpose: CodeFor, name: str) -> None:
    assert told(identity.MOBILE_CODE_ISSUED, purpose=purpose) == [(name, "+33639980001")]


def test_g78_the_code_of_a_version_before_certifies() -> None:
    data = identity.MOBILE_CODE_ISSUED.load(identity.MOBILE_CODE_ISSUED.example)
    before = {name: value for name, value in data.items() if name != "purpose"}
    event = Event(new_id(), "mobile_code.issued.v1", "identity", "x", datetime(2026, 11, 23, tzinfo=UTC), 1, before)
    found = [order.kind.name for message in answering(event.type) for order in message.orders(event)]
    assert found == ["code_mobile"]
