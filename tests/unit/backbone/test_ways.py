"""The fast way and the plain one are one: the same bytes go out, the same deliveries come in, and one is chosen."""

import ast
from datetime import datetime
from typing import Any

import pika
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pika.adapters.select_connection import IOLoop
from pika.adapters.utils.io_services_utils import _AsyncTransportBase
from pika.frame import Body, Header, Method, decode_frame

from backbone.bus.port import Delivery, Message
from backbone.bus.rabbitmq import fast, plain, ways
from backbone.bus.rabbitmq.wire import Reader
from backbone.ids import new_id
from backbone.metrics import BUS_WAY
from tests.house.sources import committed, tree
from tests.unit.backbone.test_wire import delivery, messages, ours, texts

CURE = "pika has other private names than backbone/bus/rabbitmq/fast.py leans on: read what became of them, mend it."


class Sent:
    """A channel that keeps the bytes which pika would write."""

    channel_number = 1
    raw = b""

    def __init__(self) -> None:
        self.connection = self
        self.params = pika.ConnectionParameters()
        self.params.frame_max = 4096

    def write(self, frames: bytes) -> None:
        """As the fast way's connection."""
        self.raw += frames

    def basic_publish(self, exchange: str, key: str, body: bytes, properties: Any, mandatory: bool) -> None:
        """As pika does it: three kinds of frames."""
        most = self.params.frame_max - fast.FRAME_AROUND
        method = Method(1, pika.spec.Basic.Publish(exchange=exchange, routing_key=key, mandatory=mandatory))
        bodies = [Body(1, body[at : at + most]) for at in range(0, len(body), most)]
        self.raw += b"".join(one.marshal() for one in (method, Header(1, len(body), properties), *bodies))


def sent(way: ways.Way, several: list[Message]) -> bytes:
    """What the way writes for these messages."""
    channel = Sent()
    outgoing = way.Outgoing(channel, "maker")
    for one in several:
        outgoing.add(one, "espace")
    outgoing.send()
    return channel.raw


@given(st.lists(messages, max_size=4))
def test_the_same_bytes_go_out_either_way(several: list[Message]) -> None:
    assert sent(fast, several) == sent(plain, several)


def test_a_body_beyond_a_frame_is_cut_alike() -> None:
    one = Message(new_id(), "a.b.v1", {"ce-a": "b"}, b"x" * 10_000)
    assert sent(fast, [one]) == sent(plain, [one])


def test_what_cannot_be_framed_is_refused_alike_and_takes_nobody_with_it() -> None:
    good = Message(new_id(), "a.b.v1", {"ce-a": "b"}, b"{}")
    for way in (fast, plain):
        channel = Sent()
        outgoing = way.Outgoing(channel, "maker")
        with pytest.raises(Exception):  # noqa: B017 — each in its own words
            outgoing.add(Message(good.id, "x" * 300, {}, b"{}"), "espace")
        outgoing.add(good, "espace")
        outgoing.send()
        assert channel.raw == sent(fast, [good])


def read_plainly(raw: bytes) -> Delivery:
    """The delivery as pika, then the plain way read it."""
    pieces = []
    while raw:
        size, value = decode_frame(raw)
        pieces.append(value)
        raw = raw[size:]
    method, header, *bodies = pieces
    return plain.read(method.method, header.properties, b"".join(body.fragment for body in bodies), 3)


# What pika can read, of every kind that both say in the same words: not tables, arrays and decimals.
values = st.one_of(texts, st.booleans(), st.integers(-(2**62), 2**62), st.none(), st.just(datetime(2026, 11, 26, 9)))


@given(st.dictionaries(texts, texts, max_size=6), st.binary(max_size=300), st.booleans())
def test_the_same_deliveries_come_in_either_way(headers: dict[str, str], body: bytes, again: bool) -> None:
    raw = delivery(ours(headers), body, again=again)
    assert Reader(3).feed(raw) == [read_plainly(raw)]


@given(
    st.dictionaries(texts, values, max_size=6),
    st.sampled_from(["application/json", "Application/JSON; charset=utf-8", "text/plain", None]),
    st.sampled_from(["somebody", None]),
)
def test_a_strangers_delivery_is_the_same_either_way(
    headers: dict[str, Any], kind: str | None, user: str | None
) -> None:
    raw = delivery(pika.BasicProperties(kind, None, headers, user_id=user), b"{}")
    assert Reader(3).feed(raw) == [read_plainly(raw)]


def test_this_version_of_pika_has_every_private_name_that_is_leaned_on() -> None:
    assert sorted(fast.lacking()) == [], CURE


@pytest.mark.parametrize("name", fast.LEANS_ON)
def test_a_pika_without_one_of_them_or_with_another_is_served_the_plain_way(
    name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ways.taken.cache_clear()
    assert ways.taken() is fast
    monkeypatch.setattr(pika.SelectConnection, name, lambda self, other: None)
    ways.taken.cache_clear()
    try:
        assert (ways.taken(), ways.taken()) == (plain, plain)
        assert [record.levelname for record in caplog.records if name in record.getMessage()] == ["WARNING"]
        assert BUS_WAY.labels("plain")._value.get() == 1
    finally:
        monkeypatch.undo()
        ways.taken.cache_clear()


def test_a_connection_reads_as_much_at_once_as_it_may_and_pikas_own_number_stays() -> None:
    made = fast.Consuming(pika.ConnectionParameters(host="127.0.0.1", port=9), custom_ioloop=IOLoop())
    assert hasattr(made, fast.READS[0]), CURE
    usual = getattr(_AsyncTransportBase, fast.READS[1])
    transport = type("Transport", (_AsyncTransportBase,), {"write": print})(None, None, None)
    setattr(made, fast.READS[0], transport)
    made.begin(1, print)
    assert getattr(transport, fast.READS[1]) == fast.READ_AT_ONCE
    assert getattr(_AsyncTransportBase, fast.READS[1]) == usual < fast.READ_AT_ONCE


def test_no_other_file_leans_on_a_private_name_of_pika_and_nothing_of_it_is_replaced() -> None:
    for path in committed():
        if path.suffix != ".py" or path.parts[:3] != ("backbone", "bus", "rabbitmq"):
            continue
        for node in ast.walk(tree(path)):
            targets = node.targets if isinstance(node, ast.Assign) else []
            patched = [one for one in targets if isinstance(one, ast.Attribute) and "pika" in ast.unparse(one)]
            assert not patched, f"{path}:{node.lineno} patches pika."  # type: ignore[attr-defined]
            if path.name != "fast.py" and isinstance(node, ast.Attribute | ast.FunctionDef):
                word = node.attr if isinstance(node, ast.Attribute) else node.name
                assert word not in fast.LEANS_ON, f"{path} uses {word}: only fast.py leans on it."
