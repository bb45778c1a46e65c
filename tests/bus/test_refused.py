"""What RabbitMQ itself refuses, or what cannot be put on its wire, holds nobody else up."""

import pytest

from backbone.bus import BROKE, UNFRAMED
from tests.bus.conftest import World, message
from tests.support.ports import eventually

pytestmark = pytest.mark.rabbitmq


@pytest.fixture
def publisher(rabbitmq):
    world = World(rabbitmq.url())
    yield world.bus().publisher()
    world.close()


@pytest.fixture
def small(rabbitmq):
    """A broker that takes no message above 100 000 bytes; asked for by each new channel."""
    before = rabbitmq.ctl("eval", "application:get_env(rabbit, max_message_size, 134217728).").strip()
    before = before if before.isdecimal() else "134217728"
    rabbitmq.ctl(
        "eval", "persistent_term:put(max_message_size, 100000), application:set_env(rabbit, max_message_size, 100000)."
    )
    yield
    rabbitmq.ctl(
        "eval",
        f"persistent_term:put(max_message_size, {before}), application:set_env(rabbit, max_message_size, {before}).",
    )


def test_a_message_that_cannot_be_framed_is_told_alone_and_the_connection_goes_on(publisher):
    wrong = message()
    wrong = type(wrong)(wrong.id, wrong.type, {"n" * 300: "x"}, wrong.body)
    assert publisher.publish([message(), wrong, message()], 10) == {wrong.id: f"{UNFRAMED}: ValueError"}
    assert publisher.publish([message()], 10) == {}


def test_the_broker_s_refusal_of_a_batch_is_told_with_its_reason(small, publisher):
    batch = [message(), message(body=b"x" * 200_000), message()]
    answer = publisher.publish(batch, 10)
    assert answer[batch[1].id].startswith(f"{BROKE}: 406") and "size" in answer[batch[1].id]
    eventually(lambda: publisher.publish([batch[0], batch[2]], 10) == {})
