"""The bare limit's client: AMQP frames by hand on a socket, nothing checked, nothing recovered. For comparison only."""

import struct
from collections.abc import Iterator, Sequence
from typing import Any

import amqp

PUBLISH, DELIVER, ACK = (60, 40), (60, 60), (60, 80)
PROPERTIES = 1 << 15 | 1 << 13 | 1 << 12 | 1 << 7 | 1 << 4  # content type, headers, delivery mode, message id, user


def short(text: str) -> bytes:
    """A short string."""
    raw = text.encode()
    return bytes((len(raw),)) + raw


def frame(kind: int, payload: bytes) -> bytes:
    """A frame on channel 1."""
    return struct.pack(">BHI", kind, 1, len(payload)) + payload + b"\xce"


def table(headers: dict[str, str]) -> bytes:
    """A table of long strings."""
    pairs = ((short(name), value.encode()) for name, value in headers.items())
    body = b"".join(name + b"S" + struct.pack(">I", len(value)) + value for name, value in pairs)
    return struct.pack(">I", len(body)) + body


class RawChannel:
    """One connection with one channel; the handshake is py-amqp's, the rest is frames."""

    def __init__(self, port: int):
        self._connection = amqp.Connection(f"127.0.0.1:{port}", "guest", "guest", heartbeat=0)
        self._connection.connect()
        self.channel = self._connection.channel()
        self._socket: Any = self._connection.transport.sock
        self._buffer = b""

    def confirm(self) -> None:
        """Ask for confirms."""
        self.channel.confirm_select()
        self._socket.settimeout(60)

    def publish(self, exchange: str, key: str, messages: Sequence[tuple[str, dict[str, str], bytes]]) -> None:
        """Write all of `messages` (id, headers, body) at once, then read until every one is confirmed."""
        method = frame(1, struct.pack(">HHH", *PUBLISH, 0) + short(exchange) + short(key) + b"\x01")
        kind, user = short("application/json"), short("guest")
        parts = []
        for id_, headers, body in messages:
            properties = kind + table(headers) + b"\x02" + short(id_) + user
            header = struct.pack(">HHQH", 60, 0, len(body), PROPERTIES) + properties
            parts += [method, frame(2, header), frame(3, body)]
        self._socket.sendall(b"".join(parts))
        self._confirmed(len(messages))

    def _confirmed(self, count: int) -> None:
        first = getattr(self, "_tag", 0) + 1
        self._tag = first + count - 1
        open_tags, lowest = set(range(first, self._tag + 1)), first
        while open_tags:
            for _kind, payload in self.frames():
                if struct.unpack_from(">HH", payload) != ACK:
                    continue
                tag, multiple = struct.unpack_from(">QB", payload, 4)
                if multiple:
                    open_tags.difference_update(range(lowest, tag + 1))
                    lowest = tag + 1
                else:
                    open_tags.discard(tag)

    def frames(self) -> Iterator[tuple[int, bytes]]:
        """The whole frames that one read brings."""
        buffer = self._buffer + self._socket.recv(1 << 18)
        at, end = 0, len(buffer)
        while end - at >= 8:
            kind, _channel, size = struct.unpack_from(">BHI", buffer, at)
            if end - at < size + 8:
                break
            yield kind, buffer[at + 7 : at + 7 + size]
            at += size + 8
        self._buffer = buffer[at:]

    def consume(self, queue: str, prefetch: int = 1000) -> None:
        """Start consuming."""
        self.channel.basic_qos(0, prefetch, False)
        self._socket.settimeout(60)
        payload = struct.pack(">HHH", 60, 20, 0) + short(queue) + short("bare") + b"\x00" + struct.pack(">I", 0)
        self._socket.sendall(frame(1, payload))

    def deliveries(self) -> Iterator[tuple[int, str, bytes]]:
        """(tag, message id, body) of what one read brings."""
        tag, id_ = getattr(self, "_half", (0, ""))
        for kind, payload in self.frames():
            if kind == 1 and struct.unpack_from(">HH", payload) == DELIVER:
                tag = struct.unpack_from(">Q", payload, 5 + payload[4])[0]
            elif kind == 2:
                at = 15 + payload[14]
                at += 5 + struct.unpack_from(">I", payload, at)[0]
                id_ = payload[at + 1 : at + 1 + payload[at]].decode()
            elif kind == 3:
                yield tag, id_, payload
            self._half = (tag, id_)

    def ack(self, tag: int) -> None:
        """Acknowledge all up to `tag`."""
        self._socket.sendall(frame(1, struct.pack(">HHQB", *ACK, tag, 1)))

    def close(self) -> None:
        """Drop the connection."""
        self._socket.close()
