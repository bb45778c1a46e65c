"""A bare AMQP client (py-amqp) as witness of what is really on the broker: envelope, routes, persistence, arguments."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import amqp
import pika
import pytest
from cloudevents.core.bindings import rabbitmq as stock
from cloudevents.core.formats.json import JSONFormat

from backbone.bus import Message, make_bus
from backbone.events.context import Trace
from backbone.events.envelope import body_of, headers_of
from backbone.ids import new_id
from contracts import REGISTRY
from tests.bus.conftest import World, message
from tests.support.ports import eventually

pytestmark = pytest.mark.rabbitmq


@pytest.fixture
def world(rabbitmq):
    world = World(rabbitmq.url())
    yield world
    world.close()


def queues(rabbitmq: Any, mark: str) -> dict[str, dict[str, Any]]:
    """What the broker says of the queues of one world."""
    words = ("list_queues", "--formatter=json", "name", "type", "durable", "arguments")
    return {row["name"]: row for row in json.loads(rabbitmq.ctl(*words)) if row["name"].startswith(mark)}


def test_an_event_is_persistent_and_bears_its_envelope(world, witness):
    sent = message(body=b'{"a":1}')
    assert world.bus().publisher().publish([sent], 10) == {}
    got = witness.basic_get(world.left, no_ack=True)
    assert got.body in ('{"a":1}', b'{"a":1}')
    assert got.headers.items() >= dict(sent.headers).items()
    properties = got.properties
    assert properties["delivery_mode"] == 2 and properties["content_type"] == "application/json"
    assert properties["message_id"] == str(sent.id) and properties["user_id"] == "guest"
    assert (got.delivery_info["exchange"], got.delivery_info["routing_key"]) == (world.mark, sent.type)


def test_the_stock_library_reads_what_lies_in_a_queue_and_what_it_sends_arrives_the_same(world):
    """The RabbitMQ binding of CloudEvents, with pika's own reader of headers (docs/decisions/0030)."""
    at, trace = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC), Trace(str(new_id()))
    card = replace(next(iter(REGISTRY.cards.values())), type="thing.left.v1")
    headers = headers_of(card, id=new_id(), source="thing", subject="a1", at=at, sequence=7, trace=trace)
    sent = Message(new_id(), card.type, headers, body_of({"nom": "Élan"}).encode())
    assert world.bus().publisher().publish([sent], 10) == {}
    with pika.BlockingConnection(pika.URLParameters(world.url)) as connection:
        channel = connection.channel()
        _method, properties, body = eventually(lambda: _got(channel.basic_get(world.left, auto_ack=True)))
        told = stock.RabbitMQMessage(properties.headers, properties.content_type, body)
        event = stock.from_rabbitmq(told, JSONFormat())
        assert (event.get_type(), event.get_time(), event.get_data()) == (card.type, at, {"nom": "Élan"})
        assert event.get_extension("sequence") == "7"
        back = stock.to_binary(event, JSONFormat())
        properties = pika.BasicProperties(content_type=back.content_type, headers=back.headers)
        channel.basic_publish(world.mark, card.type, back.body, properties)
    received = eventually(lambda: world.bus().subscriber(world.left).receive(1, 1))[0]
    assert datetime.fromisoformat(str(received.headers["ce-time"])) == at
    assert {**received.headers, "ce-time": ""} == {**headers, "ce-time": ""}


def _got(answer):
    return answer if answer[0] else None


def test_an_event_is_in_each_bound_queue_once_and_in_no_dead_one(world, witness):
    world.bus().publisher().publish([message("thing.both.v1"), message("thing.right.v1")], 10)
    depth = {name: witness.queue_declare(name, passive=True).message_count for name in (world.left, world.right)}
    assert depth == {world.left: 1, world.right: 2}
    assert witness.queue_declare(f"{world.left}.dead", passive=True).message_count == 0


def test_queues_are_durable_quorum_queues_with_an_explicit_limit_and_a_dead_letter_exchange(world, rabbitmq):
    world.bus()
    row = queues(rabbitmq, world.mark)[world.left]
    assert row["type"] == "quorum" and row["durable"]
    assert {name: value for name, _type, value in _triples(row["arguments"])} == {
        "x-queue-type": "quorum",
        "x-delivery-limit": 100,
        "x-dead-letter-exchange": f"{world.mark}.dead",
        "x-dead-letter-routing-key": world.left,
    }


def _triples(arguments: Any) -> list[tuple[str, str, Any]]:
    if isinstance(arguments, dict):
        return [(name, "", value) for name, value in arguments.items()]
    return [tuple(one) if len(one) == 3 else (one[0], "", one[1]) for one in arguments]


def test_a_message_that_meets_the_limit_is_kept_in_the_dead_queue(world, witness):
    world.bus().publisher().publish([message()], 10)
    got = witness.basic_get(world.left)
    witness.basic_reject(got.delivery_tag, requeue=False)
    for _ in range(50):
        if dead := witness.basic_get(f"{world.left}.dead", no_ack=True):
            break
    assert dead.body in ("{}", b"{}")


def test_a_forged_user_is_refused_by_the_broker_itself(world, witness):
    world.bus()
    forged = amqp.Message("{}", user_id="identity")
    with pytest.raises(amqp.exceptions.PreconditionFailed):
        witness.basic_publish(forged, world.mark, "thing.left.v1")
        witness.basic_publish_confirm(amqp.Message("{}"), world.mark, "thing.left.v1")


def test_whatever_another_client_puts_into_a_header_arrives_as_text(world, witness):
    """A number in an attribute would be carried on into our own events, where only texts can be published."""
    subscriber = world.bus().subscriber(world.left)
    headers = {"ce-sequence": 3, "ce-subject": True, "ce-source": {"a": [1]}, "ce-id": "x"}
    witness.basic_publish(amqp.Message("{}", application_headers=headers), world.mark, "thing.left.v1")
    got = eventually(lambda: subscriber.receive(1, 1))[0].headers
    assert got == {"ce-sequence": "3", "ce-subject": "True", "ce-source": "(12 bytes)", "ce-id": "x"}


def test_a_queue_that_stands_with_other_arguments_is_told_and_used_and_stops_nobody(world, witness, caplog):
    """Who administers the bus is told which; the declaration goes on."""
    for queue in (world.left, f"{world.right}.dead"):
        witness.queue_declare(queue, durable=True, auto_delete=False)
    bus = make_bus(world.url, world.left, world.topology)
    bus.declare(timeout=5)
    assert "used as it stands" in caplog.text and "inequivalent" in caplog.text
    assert bus.publisher().publish([message(), message("thing.both.v1")], 10) == {}
    assert len(eventually(lambda: bus.subscriber(world.left).receive(2, 1))) == 2
    bus.close()
    for queue in (world.left, f"{world.right}.dead"):
        witness.queue_delete(queue)
