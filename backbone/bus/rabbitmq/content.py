"""Content as any client may send it: whatever it holds, it is one delivery and the connection goes on.

AMQP 0-9-1: frames 4.2.3, content 4.2.6, field table 4.2.5.5.

pika reads a field table recursively and turns timestamps into dates: one header beyond the year 9999, or tables nested
a thousand deep, raised in its loop, and the broker delivered the same message again on each new connection until its
neighbours were dead letters. Here nothing recurses, and what cannot be read travels as the bytes it is.
"""

from collections.abc import Mapping
from struct import Struct
from struct import error as TooShort
from typing import NamedTuple

from backbone.bus.port import Delivery
from backbone.events.envelope import OTHER_CONTENT, UNREADABLE

METHOD, HEADER, BODY = 1, 2, 3
DELIVER = b"\x00\x3c\x00\x3c"

_short, _long, _longlong = Struct(">H"), Struct(">I"), Struct(">Q")
_numbers: Mapping[bytes, Struct] = {
    b"b": Struct(">b"),
    b"B": Struct(">B"),
    b"s": Struct(">h"),
    b"u": Struct(">H"),
    b"I": Struct(">i"),
    b"i": Struct(">I"),
    b"l": Struct(">q"),
    b"L": Struct(">q"),
    b"f": Struct(">f"),
    b"d": Struct(">d"),
    b"T": Struct(">Q"),
}

# Bits of the flags, the first property highest (4.2.6.1); all others are short strings.
_CONTENT, _HEADERS, _USER_ID = 15, 13, 4
_WIDTHS = {12: 1, 11: 1, 6: 8}  # delivery mode, priority, timestamp


class Cursor:
    """Bytes read from the left. TooShort when fewer are there than asked for."""

    def __init__(self, raw: bytes) -> None:
        self._raw, self._at = raw, 0

    def __bool__(self) -> bool:
        return self._at < len(self._raw)

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        if size > len(self._raw) - self._at:
            raise TooShort
        self._at += size
        return self._raw[self._at - size : self._at]

    def number(self, form: Struct) -> int:
        """The next number of this form."""
        return int(form.unpack(self.take(form.size))[0])

    def short(self) -> str:
        """A short string; what is not UTF-8 in it is escaped."""
        return self.take(self.take(1)[0]).decode(errors="backslashreplace")

    def long(self) -> bytes:
        """What a length of four bytes announces."""
        return self.take(self.number(_long))


def properties(raw: bytes) -> tuple[dict[str, str], str]:
    """The headers and the user id of a content header's properties: every value as text. Never raises: what cannot be
    read is {UNREADABLE: its bytes in hexadecimal}."""
    try:
        return _properties(Cursor(raw))
    except (TooShort, ValueError):
        return {UNREADABLE: raw.hex()}, ""


def _properties(left: Cursor) -> tuple[dict[str, str], str]:
    flags, headers = left.number(_short), dict[str, str]()
    if flags & 1:  # more flags than AMQP 0-9-1 has properties
        raise ValueError
    user_id = content = ""
    for bit in (one for one in range(15, 1, -1) if flags >> one & 1):
        if bit == _HEADERS:
            headers = _table(Cursor(left.long()))
        elif bit == _CONTENT:
            content = left.short()
        elif bit == _USER_ID:
            user_id = left.short()
        elif bit in _WIDTHS:
            left.take(_WIDTHS[bit])
        else:
            left.short()
    if content and content.partition(";")[0].strip().lower() != "application/json":
        headers[OTHER_CONTENT] = content
    return headers, user_id


def _table(left: Cursor) -> dict[str, str]:
    headers = dict[str, str]()
    while left:
        name = left.short()
        headers[name] = _value(left)
    return headers


def _value(left: Cursor) -> str:
    """A value as text. Tables and arrays are skipped by their length: nothing of ours is in them."""
    kind = left.take(1)
    if kind in (b"S", b"x"):
        return left.long().decode(errors="backslashreplace")
    if kind in (b"F", b"A"):
        return f"({len(left.long())} bytes)"
    if kind in _numbers:
        return str(_numbers[kind].unpack(left.take(_numbers[kind].size))[0])
    if kind == b"t":
        return str(left.take(1) != b"\0")
    if kind == b"D":
        places = left.take(1)[0]
        return f"{left.number(_long)}e-{places}"
    if kind == b"V":
        return ""
    raise ValueError


class Begun(NamedTuple):
    """A delivery whose method frame came."""

    tag: int
    redelivered: bool
    routing_key: str


class Pieces:
    """Puts deliveries together from their frames, of which others may come between (heartbeats)."""

    def __init__(self, connection: int) -> None:
        self._connection = connection
        self._begun: Begun | None = None
        self._properties = b""
        self._missing = -1  # bytes of the body; -1 before its length is known
        self._body: list[bytes] = []

    def add(self, kind: int, payload: bytes) -> Delivery | bool:
        """The delivery that this frame completes; True when it is part of one, False when it is not."""
        if kind == METHOD and payload.startswith(DELIVER):
            self._begun, self._missing, self._body = _begun(payload), -1, []
        elif kind == HEADER and self._begun and self._missing < 0:
            self._missing = _longlong.unpack_from(payload, 4)[0]
            self._properties = payload[12:]
        elif kind == BODY and self._begun and self._missing > 0:
            self._body.append(payload)
            self._missing -= len(payload)
        else:
            return False
        return self._finished() if self._begun and self._missing == 0 else True

    def _finished(self) -> Delivery:
        headers, user_id = properties(self._properties)
        tag, redelivered, routing_key = self._begun or Begun(0, False, "")
        delivery = Delivery(headers, b"".join(self._body), routing_key, user_id, redelivered, (self._connection, tag))
        self._begun, self._body = None, []
        return delivery


def _begun(payload: bytes) -> Begun:
    left = Cursor(payload)
    left.take(4)
    left.short()  # the consumer's tag
    tag, redelivered = left.number(_longlong), left.take(1) == b"\x01"
    left.short()  # the exchange
    return Begun(tag, redelivered, left.short())
