"""The bytes of the two things that come by the thousand, made and read by hand: an event published, one delivered.

`fast.py` alone uses them. A delivery that is not exactly what `published` makes is put together frame by frame
(`content.py`). AMQP 0-9-1: frames 4.2.3, content 4.2.6, Basic class 60. pika's own bytes are the test's oracle.
"""

from struct import Struct
from struct import error as TooShort

from backbone.bus.port import Delivery, Message
from backbone.bus.rabbitmq.content import BODY, DELIVER, HEADER, METHOD, Pieces

END = b"\xce"
PUBLISH = b"\x00\x3c\x00\x28\x00\x00"
CONTENT = b"\x00\x3c\x00\x00"
# Which properties there are: content type, headers, delivery mode, message id, user id (4.2.6.1); always these five.
FLAGS = (1 << 15 | 1 << 13 | 1 << 12 | 1 << 7 | 1 << 4).to_bytes(2)
PERSISTENT, MANDATORY, LONG_STRING = b"\x02", b"\x01", ord("S")

_head, _long, _longlong, _value = Struct(">BHI"), Struct(">I"), Struct(">Q"), Struct(">BI")


def short(text: str) -> bytes:
    """A short string: one byte of length, then UTF-8. ValueError above 255 bytes."""
    raw = text.encode()
    return bytes((len(raw),)) + raw


JSON = short("application/json")


def frame(kind: int, channel: int, payload: bytes) -> bytes:
    """One frame."""
    return _head.pack(kind, channel, len(payload)) + payload + END


def published(message: Message, exchange: str, account: str, channel: int, body_max: int) -> bytes:
    """The frames of Basic.Publish: mandatory, persistent JSON of `account`; a body above `body_max` is cut."""
    pairs = [(short(name), value.encode()) for name, value in message.headers.items()]
    table = b"".join([b"%bS%b%b" % (name, _long.pack(len(value)), value) for name, value in pairs])
    properties = (FLAGS, JSON, _long.pack(len(table)), table, PERSISTENT, short(str(message.id)), short(account))
    body = message.body
    return b"".join(
        (
            frame(METHOD, channel, PUBLISH + short(exchange) + short(message.type) + MANDATORY),
            frame(HEADER, channel, CONTENT + _longlong.pack(len(body)) + b"".join(properties)),
            *(frame(BODY, channel, body[at : at + body_max]) for at in range(0, len(body), body_max)),
        )
    )


class Unusual(Exception):
    """Not what `published` makes: to be read frame by frame."""


def delivered(buffer: bytes, at: int, connection: int) -> tuple[Delivery, int] | None:
    """The delivery whose frames begin at `at`, and where they end; None while they are not all there.

    Its tag is (`connection`, delivery tag). Unusual when it is another frame, or nothing that `published` made.
    """
    try:
        kind, _channel, size = _head.unpack_from(buffer, at)
        head = at + size + 8
        at += 7
        if kind != METHOD or buffer[at : at + 4] != DELIVER:
            raise Unusual
        at += 5 + buffer[at + 4]  # the consumer's tag
        (tag,) = _longlong.unpack_from(buffer, at)
        redelivered, at = buffer[at + 8] == 1, at + 9
        at += 1 + buffer[at]  # the exchange
        routing_key = buffer[at + 1 : at + 1 + buffer[at]].decode()
        kind, _channel, size = _head.unpack_from(buffer, head)
        (length,) = _longlong.unpack_from(buffer, head + 11)
        if not length:  # no frame of a body comes: waiting for one would keep it until the next delivery
            raise Unusual
        start = head + size + 8
        kind_of_body, _channel, size_of_body = _head.unpack_from(buffer, start)
        if kind_of_body != BODY or size_of_body != length or buffer[head + 19 : head + 21] != FLAGS:
            raise Unusual
        end = start + 7 + length
        if len(buffer) <= end:
            return None
        headers, user_id = _properties(buffer, head + 21)
    except (TooShort, IndexError):  # the buffer ends before the frames do
        return None
    body = buffer[start + 7 : end]
    return Delivery(headers, body, routing_key, user_id, redelivered, (connection, tag)), end + 1


def _properties(buffer: bytes, at: int) -> tuple[dict[str, str], str]:
    """The headers and the user id of properties that begin with the content type at `at`."""
    if not buffer.startswith(JSON, at):
        if len(buffer) < at + len(JSON):
            raise IndexError
        raise Unusual
    at += len(JSON)
    end, headers = at + 4 + _long.unpack_from(buffer, at)[0], {}
    at += 4
    while at < end:
        value = at + 1 + buffer[at]
        kind, size = _value.unpack_from(buffer, value)
        if kind != LONG_STRING:
            raise Unusual
        name, at = buffer[at + 1 : value], value + 5 + size
        headers[name.decode()] = buffer[value + 5 : at].decode()
    at += 2 + buffer[at + 1]  # the delivery mode and the message id
    return headers, buffer[at + 1 : at + 1 + buffer[at]].decode()


class Reader:
    """The bytes of one connection, as they arrive, cut into deliveries and into frames for pika."""

    def __init__(self, connection: int) -> None:
        self._rest = b""
        self.begin(connection)

    def begin(self, connection: int) -> None:
        """From now on deliveries are of this `connection`: a tag means nothing on another one of the link."""
        self._connection, self._pieces = connection, Pieces(connection)

    def feed(self, data: bytes) -> list[Delivery | bytes]:
        """What is whole with `data`, in order: deliveries, and the bytes of other frames. What is not stays here."""
        buffer, at, found = self._rest + data, 0, list[Delivery | bytes]()
        while at < len(buffer):
            try:
                usual = delivered(buffer, at, self._connection)
            except (Unusual, UnicodeDecodeError):
                end = _end_of(buffer, at)
                if end is None:
                    break
                part = self._pieces.add(buffer[at], buffer[at + 7 : end - 1])
                if part is not True:
                    found.append(part or buffer[at:end])
                at = end
                continue
            if usual is None:
                break
            found.append(usual[0])
            at = usual[1]
        self._rest = buffer[at:]
        return found


def _end_of(buffer: bytes, at: int) -> int | None:
    """Where the frame that begins at `at` ends; None while it is not all there."""
    if len(buffer) < at + 7:
        return None
    end = at + 8 + int(_head.unpack_from(buffer, at)[2])
    return end if end <= len(buffer) else None
