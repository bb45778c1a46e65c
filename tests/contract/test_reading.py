"""A card reads its payload field by field: the same answer as marshmallow's own load, right or wrong."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from marshmallow import EXCLUDE, ValidationError

from backbone.events.cards import EventCard
from contracts import REGISTRY

CARDS = st.sampled_from(sorted(REGISTRY.cards.values(), key=lambda card: card.type))
VALUES = st.sampled_from([None, "", "x", 0, -1, 1.5, True, [], {}, [None], {"x": 1}, "2026-02-30", "a@b"])


@given(CARDS, st.data())
def test_a_spoilt_payload_is_read_or_refused_as_marshmallow_does(card: EventCard, data: Any) -> None:
    payload = dict(card.example)
    for name in data.draw(st.lists(st.sampled_from(sorted(payload)), max_size=2)):
        payload[name] = data.draw(VALUES)
    for name in data.draw(st.lists(st.sampled_from(sorted(payload)), max_size=1)):
        del payload[name]
    assert told(card.load, payload) == told(card.schema(unknown=EXCLUDE).load, payload)


@given(CARDS, VALUES)
def test_what_is_no_object_is_refused(card: EventCard, value: Any) -> None:
    if not isinstance(value, dict):
        assert isinstance(told(card.load, value), list)


def told(load: Any, payload: Any) -> Any:
    """What was read, or the names of what is wrong."""
    try:
        return load(payload)
    except ValidationError as error:
        return sorted(error.messages_dict)
