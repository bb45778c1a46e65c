"""The frames we make and read by hand: what pika reads of them, and what we read of what pika makes."""

from typing import Any

import pika
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pika.frame import Body, Header, Method, decode_frame

from backbone.bus.port import Delivery, Message
from backbone.bus.rabbitmq.wire import Unusual, delivered, published
from backbone.ids import new_id

BODY_MAX = 1000
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
messages = st.builds(
    Message,
    id=st.builds(new_id),
    type=st.sampled_from(["delegation.confirmed.v1", "a.b.v1"]),
    headers=st.dictionaries(texts.map(lambda text: f"ce-{text}"), texts, max_size=10),
    body=st.binary(max_size=2500),
)


def frames(raw: bytes) -> list[Any]:
    """What pika reads."""
    found = []
    while raw:
        size, value = decode_frame(raw)
        raw = raw[size:]
        found.append(value)
    return found


def delivery(properties: pika.BasicProperties, body: bytes, tag: int = 7, again: bool = False) -> bytes:
    """A delivery as pika writes one."""
    method = pika.spec.Basic.Deliver("ctag1", tag, again, "espace", "a.b.v1")
    pieces = [Method(1, method), Header(1, len(body), properties), *([Body(1, body)] if body else [])]
    return b"".join(piece.marshal() for piece in pieces)


def ours(headers: dict[str, Any]) -> pika.BasicProperties:
    """The five properties of our messages."""
    return pika.BasicProperties("application/json", None, headers, 2, message_id="m", user_id="maker")


@given(messages)
def test_pika_reads_what_we_publish(message):
    method, header, *bodies = frames(published(message, "espace", "maker", 1, BODY_MAX))
    sent = method.method
    assert (sent.exchange, sent.routing_key, sent.mandatory, sent.immediate) == ("espace", message.type, True, False)
    assert header.body_size == len(message.body)
    assert b"".join(body.fragment for body in bodies) == message.body
    assert all(len(body.fragment) <= BODY_MAX for body in bodies)
    properties = header.properties
    assert (properties.content_type, properties.delivery_mode) == ("application/json", 2)
    assert (properties.message_id, properties.user_id) == (str(message.id), "maker")
    assert properties.headers == dict(message.headers)


@given(st.dictionaries(texts, texts, max_size=10), st.binary(min_size=1, max_size=300), st.booleans())
def test_we_read_what_pika_writes_and_wait_for_the_rest(headers, body, again):
    raw = delivery(ours(headers), body, again=again)
    assert delivered(b"x" + raw + b"y", 1, 3) == (
        Delivery(headers, body, "a.b.v1", "maker", again, (3, 7)),
        len(raw) + 1,
    )
    for size in range(11, len(raw)):
        assert delivered(raw[:size], 0, 3) is None


@pytest.mark.parametrize(
    "raw",
    [
        delivery(ours({"x-delivery-count": 3}), b"x"),
        delivery(pika.BasicProperties(headers={"a": "b"}), b"x"),
        delivery(pika.BasicProperties(content_type="text/plain", user_id="maker"), b"x"),
        delivery(pika.BasicProperties("text/plain", None, {}, 2, message_id="m", user_id="maker"), b"x"),
        delivery(ours({"a": {"b": "c"}}), b"x"),
        Method(1, pika.spec.Basic.Ack(7, True)).marshal(),
        pika.frame.Heartbeat().marshal(),
    ],
    ids=[
        "a count of deliveries",
        "a stranger",
        "without headers",
        "another kind",
        "a table",
        "a confirm",
        "a heartbeat",
    ],
)
def test_what_we_did_not_make_is_read_frame_by_frame(raw):
    with pytest.raises(Unusual):
        delivered(raw + b"\x01" * 40, 0, 3)


def test_an_empty_body_has_no_frame_and_is_read_frame_by_frame():
    raw = delivery(ours({}), b"") + delivery(ours({}), b"x")
    with pytest.raises(Unusual):
        delivered(raw, 0, 3)
