"""The fast way to RabbitMQ: pika keeps the connection, what comes by the thousand is made and read by hand (`wire.py`).

pika's general code, three frames and three writes a message, is most of the cost (docs/decisions/0038). Its public
names have no place where bytes come in or go out, so this file, and no other, leans on the private ones below. Where
pika has them no more, or otherwise, `plain.py` is the way that is taken (`ways.py`).
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pika
from pika import frame

from backbone.bus.port import Delivery, Message
from backbone.bus.rabbitmq.wire import Reader, published

NAME = "fast"
# Every private name of pika that is used here, with the parameters that it is counted on to have.
LEANS_ON: Mapping[str, Sequence[str]] = {
    "_on_data_available": ("self", "data_in"),
    "_process_frame": ("self", "frame_value"),
    "_output_marshaled_frames": ("self", "marshaled_frames"),
}
# Where pika keeps how much it asks the socket for. Nothing but speed hangs on these two: without them it asks for 4 kB,
# a system call for four events.
READS = ("_transport", "_MAX_RECV_BYTES")
READ_AT_ONCE = 1 << 16
FRAME_AROUND = 8  # bytes of a frame beside what it carries


def lacking() -> Iterator[str]:
    """The names leaned on that this version of pika has not, or has otherwise."""
    for name, parameters in LEANS_ON.items():
        found = getattr(pika.SelectConnection, name, None)
        if found is None or tuple(inspect.signature(found).parameters) != tuple(parameters):
            yield name


class Publishing(pika.SelectConnection):
    """A connection that sends what `published` makes."""

    def write(self, frames: bytes) -> None:
        """Send whole frames, in one piece."""
        self._output_marshaled_frames([frames])


class Consuming(pika.SelectConnection):
    """A connection that gives the deliveries of one read to `take` at once, and all other frames to pika."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._reader = Reader(0)
        self._take: Callable[[list[Delivery]], None] = _nobody
        super().__init__(*arguments, **named)

    def begin(self, number: int, take: Callable[[list[Delivery]], None]) -> None:
        """From now on deliveries, of connection `number`, go to `take`."""
        self._reader.begin(number)
        self._take = take
        transport = getattr(self, READS[0], None)
        if hasattr(transport, READS[1]):
            setattr(transport, READS[1], READ_AT_ONCE)  # this connection's own

    def _on_data_available(self, data_in: bytes) -> None:
        taken = list[Delivery]()
        for one in self._reader.feed(data_in):
            if isinstance(one, Delivery):
                taken.append(one)
                continue
            taken = self._give(taken)
            _size, value = frame.decode_frame(one)
            if value:
                self._process_frame(value)
        self.bytes_received += len(data_in)  # what the heartbeat looks at
        self._give(taken)

    def _give(self, taken: list[Delivery]) -> list[Delivery]:
        """Hand over what was read before another frame is looked at: order is kept."""
        if taken:
            self._take(taken)
        return []


class Outgoing:
    """Messages on their way out of one channel: all of them in one write."""

    def __init__(self, channel: Any, account: str) -> None:
        self._channel, self._account = channel, account
        self._body_max = channel.connection.params.frame_max - FRAME_AROUND
        self._frames = list[bytes]()

    def add(self, message: Message, exchange: str) -> None:
        """One more. ValueError and others when it cannot be framed: then it is not among them."""
        number = self._channel.channel_number
        self._frames.append(published(message, exchange, self._account, number, self._body_max))

    def send(self) -> None:
        """All that was added."""
        if self._frames:
            self._channel.connection.write(b"".join(self._frames))


def consume(channel: Any, queue: str, number: int, take: Callable[[list[Delivery]], None], ready: Any) -> None:
    """Have the deliveries of `queue` given to `take`, as those of connection `number`; `ready` once it has begun."""
    channel.connection.begin(number, take)
    channel.basic_consume(queue, _unused, callback=ready)


def _nobody(_taken: list[Delivery]) -> None:
    """Who takes deliveries before there are any."""


def _unused(*_: Any) -> None:
    """What pika wants to call for each delivery: they never reach it."""
