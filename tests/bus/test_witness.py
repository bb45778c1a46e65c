"""A bare AMQP client (py-amqp) as witness of what is really on the broker: envelope, routes, persistence, arguments."""

import json
from typing import Any

import amqp
import pytest

from backbone.bus import make_bus
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
    """Security §1: a redeclaration with other arguments is a 406, which would stop every publisher."""
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
