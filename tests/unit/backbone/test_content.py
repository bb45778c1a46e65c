"""Deliveries of any client, in any pieces: each is one delivery, whatever its headers hold, and nothing raises."""

from collections.abc import Sequence
from struct import pack
from typing import Any

import pika
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pika.frame import Body, Heartbeat, Method

from backbone.bus.port import Delivery
from backbone.bus.rabbitmq.content import properties
from backbone.bus.rabbitmq.wire import Reader, frame
from backbone.events.cards import Registry
from backbone.events.envelope import UNREADABLE, Unacceptable, decode
from tests.support.field_tables import VALUES, long, nested, table

HEADERS_ALONE = b"\x20\x00"  # the flags of properties that are a field table and nothing else


def delivery(raw: bytes, body: Sequence[bytes] = (b"{}",), tag: int = 7) -> bytes:
    """The frames of a delivery whose properties are `raw`, its body in these pieces, a heartbeat before each."""
    method = Method(1, pika.spec.Basic.Deliver("ctag1", tag, True, "espace", "a.b.v1")).marshal()
    size = sum(map(len, body))
    head = frame(2, 1, b"\x00\x3c\x00\x00" + pack(">Q", size) + raw)
    beats = [Heartbeat().marshal() + Body(1, piece).marshal() for piece in body]
    return b"".join((method, head, *beats))


EVERY_KIND = {
    b"t\x01": "True",
    b"b\xff": "-1",
    b"B\xff": "255",
    b"s\xff\xff": "-1",
    b"u\xff\xff": "65535",
    b"I\xff\xff\xff\xff": "-1",
    b"i\xff\xff\xff\xff": "4294967295",
    b"l" + b"\xff" * 8: "-1",
    b"L" + b"\xff" * 8: "-1",
    b"f" + pack(">f", 0.5): "0.5",
    b"d" + pack(">d", 0.5): "0.5",
    b"D\x02" + pack(">I", 314): "314e-2",
    b"S" + long("é".encode()): "é",
    b"S" + long(b"\xff"): "\\xff",
    b"x" + long(b"raw"): "raw",
    b"A" + long(b"I\x00\x00\x00\x01"): "(5 bytes)",
    b"F" + table((b"a", b"V")): "(3 bytes)",
    b"T" + pack(">Q", 253402300800): "253402300800",  # the first second of the year 10000
    b"T" + b"\xff" * 8: str(2**64 - 1),
    b"V": "",
}


@pytest.mark.parametrize(("value", "text"), EVERY_KIND.items(), ids=lambda one: str(one)[:20])
def test_every_kind_of_field_is_read_as_text(value: bytes, text: str) -> None:
    raw = HEADERS_ALONE + table((b"before", b"S" + long(b"x")), (b"field", value), (b"after", b"S" + long(b"y")))
    assert properties(raw) == ({"before": "x", "field": text, "after": "y"}, "")


@given(st.lists(VALUES, max_size=6))
def test_any_value_of_any_kind_leaves_its_neighbours_readable(values: list[bytes]) -> None:
    fields = [(b"f%d" % number, value) for number, value in enumerate(values)]
    raw = HEADERS_ALONE + table((b"before", b"S" + long(b"x")), *fields, (b"after", b"S" + long(b"y")))
    headers, user_id = properties(raw)
    assert list(headers) == ["before", *(name.decode() for name, _ in fields), "after"]
    assert (headers["before"], headers["after"], user_id) == ("x", "y", "")


@pytest.mark.parametrize(
    ("kind", "headers"),
    [("text/plain", {"content-type": "text/plain"}), ("Application/JSON; charset=utf-8", {})],
)
def test_content_that_says_it_is_no_json_says_so_in_a_header(kind: str, headers: dict[str, str]) -> None:
    raw = b"\x80\x00" + bytes((len(kind),)) + kind.encode()
    assert properties(raw) == (headers, "")


@pytest.mark.parametrize(
    "raw",
    [
        HEADERS_ALONE + nested(1000),
        HEADERS_ALONE + table((b"a", b"?what")),
        HEADERS_ALONE + b"\xff\xff\xff\xff",
        HEADERS_ALONE + long(b"\x05ab"),
        b"\x00\x01",
        b"",
        b"\xff\xfe\x01",
    ],
    ids=["1000 tables", "no such kind", "too long", "cut", "more flags", "nothing", "cut flags"],
)
def test_what_cannot_be_read_is_one_delivery_with_its_bytes(raw: bytes) -> None:
    whole = delivery(raw)
    good = delivery(HEADERS_ALONE + table((b"ce-id", b"S" + long(b"1"))), tag=8)
    first, second = (one for one in Reader(3).feed(whole + good) if isinstance(one, Delivery))
    assert (first.tag, first.body, second.tag, second.headers) == ((3, 7), b"{}", (3, 8), {"ce-id": "1"})
    assert UNREADABLE in first.headers or set(first.headers) == {"t"}


@given(
    st.binary(max_size=200),
    st.lists(st.binary(min_size=1, max_size=40), max_size=4),
    st.lists(st.integers(1, 60), max_size=20),
)
def test_random_properties_in_random_pieces_are_one_delivery_and_the_rest_goes_to_pika(
    raw: bytes, body: list[bytes], cuts: list[int]
) -> None:
    stream = delivery(raw, body) + delivery(HEADERS_ALONE + table(), [b"x"], tag=8)
    reader, found = Reader(1), list[Any]()
    for size in [*cuts, len(stream)]:
        found += reader.feed(stream[:size])
        stream = stream[size:]
    deliveries = [one for one in found if isinstance(one, Delivery)]
    assert [(one.tag, one.body) for one in deliveries] == [((1, 7), b"".join(body)), ((1, 8), b"x")]
    assert [one for one in found if not isinstance(one, Delivery)] == [Heartbeat().marshal()] * (len(body) + 1)
    with pytest.raises(Unacceptable):
        decode(Registry.of(()), deliveries[0].headers, deliveries[0].body)


def test_two_deliveries_that_cannot_be_read_are_two_though_their_bodies_are_the_same() -> None:
    ids = set()
    for raw in (b"\xff\xfe\x01", b"\xff\xfe\x02"):
        with pytest.raises(Unacceptable) as refused:
            decode(Registry.of(()), properties(raw)[0], b"{}")
        ids.add(refused.value.id)
    assert len(ids) == 2
