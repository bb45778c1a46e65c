"""The properties of our messages on the wire: always the same five, so they are encoded by hand.

pika's general encoder showed high in a profile (docs/decisions/0005); a bare client witnesses the result.
"""

import struct

import pika

from backbone.bus.port import Message

# content type, headers, delivery mode, message id, user id: the flags of AMQP 0-9-1, section 4.2.6.1
FLAGS = struct.pack(">H", 1 << 15 | 1 << 13 | 1 << 12 | 1 << 7 | 1 << 4)
PERSISTENT = b"\x02"


def short(text: str) -> bytes:
    """A short string: one byte of length, then UTF-8. ValueError above 255 bytes."""
    raw = text.encode()
    return bytes((len(raw),)) + raw


JSON = short("application/json")


class Properties(pika.BasicProperties):
    """Persistent JSON of one message, sent by `account`."""

    def __init__(self, message: Message, account: str):
        super().__init__()
        self._message, self._account = message, account

    def encode(self) -> list[bytes]:
        """What follows the body's length in the content header."""
        message = self._message
        pairs = ((short(name), value.encode()) for name, value in message.headers.items())
        table = b"".join([b"%bS%b%b" % (name, struct.pack(">I", len(value)), value) for name, value in pairs])
        length = struct.pack(">I", len(table))
        return [FLAGS, JSON, length, table, PERSISTENT, short(str(message.id)), short(self._account)]
