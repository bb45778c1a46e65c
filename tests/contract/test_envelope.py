"""What we put on the wire is CloudEvents 1.0: the project's own library reads it, and we read what it writes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from cloudevents.core.bindings import amqp, rabbitmq
from cloudevents.core.formats.json import JSONFormat

from backbone.events.cards import EventCard
from backbone.events.context import Trace
from backbone.events.envelope import CONTENT_TYPE, Unacceptable, body_of, decode, headers_of
from backbone.ids import new_id
from contracts import REGISTRY

AT = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)


def wire(card: EventCard) -> rabbitmq.RabbitMQMessage:
    """The example of `card` as our outbox holds it."""
    trace = Trace("0d1f2c3b-story", str(new_id()), "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    subject = str(card.example[card.key])
    headers = headers_of(card, id=new_id(), source=card.producer, subject=subject, at=AT, sequence=3, trace=trace)
    return rabbitmq.RabbitMQMessage(headers, CONTENT_TYPE, body_of(card.example).encode())


def test_the_library_of_the_standard_reads_what_we_write(card: EventCard) -> None:
    message = wire(card)
    event = rabbitmq.from_binary(message, JSONFormat())
    assert event.get_specversion() == "1.0" and event.get_type() == card.type
    assert (event.get_source(), event.get_subject()) == (card.producer, card.example[card.key])
    assert event.get_time() == AT and event.get_data() == card.example
    assert event.get_extension("sequence") == "3" and event.get_extension("correlationid") == "0d1f2c3b-story"


def test_who_comes_by_amqp_1_0_changes_the_prefix_and_its_binding_reads_it(card: EventCard) -> None:
    """RabbitMQ 4 hands our headers over as application properties of the same names (docs/decisions/0030)."""
    message = wire(card)
    renamed = {name.replace("ce-", "cloudEvents_", 1): value for name, value in message.headers.items()}
    told = amqp.AMQPMessage({"content-type": CONTENT_TYPE}, renamed, message.body)
    event, direct = amqp.from_binary(told, JSONFormat()), rabbitmq.from_binary(message, JSONFormat())
    assert (event.get_attributes(), event.get_data()) == (direct.get_attributes(), direct.get_data())


def test_we_read_what_the_library_writes(card: EventCard) -> None:
    written = rabbitmq.to_binary(rabbitmq.from_binary(wire(card), JSONFormat()), JSONFormat())
    event = decode(REGISTRY, written.headers, written.body)
    assert (event.type, event.source, event.sequence, event.time) == (card.type, card.producer, 3, AT)
    assert event.data == card.load(card.example)


def test_an_empty_extension_is_left_out(card: EventCard) -> None:
    headers = headers_of(card, id=new_id(), source="s", subject="x", at=AT, sequence=1, trace=Trace())
    assert not {"ce-correlationid", "ce-causationid", "ce-traceparent"} & headers.keys()


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        ({}, b"{}", "unknown_type"),
        ({"ce-type": "nobody.knows.v1"}, b"{}", "unknown_type"),
        ({"ce-id": None}, None, "missing_attribute"),
        ({"ce-sequence": "first"}, None, "wrong_attribute"),
        ({"ce-time": "yesterday"}, None, "wrong_attribute"),
        ({}, b"\xff", "not_json"),
        ({}, b'{"a":1,"a":1}', "not_json"),
        ({}, b"{}", "wrong_schema"),
        ({}, b"[]", "wrong_schema"),
    ],
)
def test_what_cannot_be_read_says_why_and_keeps_the_same_id(
    headers: dict[str, Any], body: bytes | None, reason: str
) -> None:
    message = wire(next(iter(REGISTRY.cards.values())))
    whole = {} if reason == "unknown_type" else dict(message.headers)
    sent = {name: value for name, value in {**whole, **headers}.items() if value is not None}
    ids = set()
    for _ in range(2):
        with pytest.raises(Unacceptable) as refused:
            decode(REGISTRY, sent, message.body if body is None else body)
        ids.add(refused.value.id)
        assert refused.value.reason.startswith(reason)
    assert len(ids) == 1
