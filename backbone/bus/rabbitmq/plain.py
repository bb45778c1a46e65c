"""The plain way to RabbitMQ, by pika's public names alone: what `fast.py` does, in fewer words and at half the speed.

It is the oracle of the fast way's tests, and the way that is taken where pika has not what that one leans on. One thing
it cannot do: a delivery that pika itself cannot read (a date beyond the year 9999 among its headers, tables a thousand
deep) ends its connection, each time it comes back, until the broker lays it with the dead letters.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pika

from backbone.bus.port import Delivery, Message
from backbone.events.envelope import OTHER_CONTENT

NAME = "plain"
Publishing = Consuming = pika.SelectConnection


class Outgoing:
    """Messages on their way out of one channel, each at once."""

    def __init__(self, channel: Any, account: str) -> None:
        self._channel, self._account = channel, account

    def add(self, message: Message, exchange: str) -> None:
        """One more. ValueError and others when it cannot be framed: then nothing of it was sent."""
        properties = pika.BasicProperties(
            content_type="application/json",
            headers=dict(message.headers),
            delivery_mode=pika.DeliveryMode.Persistent.value,
            message_id=str(message.id),
            user_id=self._account,
        )
        self._channel.basic_publish(exchange, message.type, message.body, properties, mandatory=True)

    def send(self) -> None:
        """They are out already."""


def consume(channel: Any, queue: str, number: int, take: Callable[[list[Delivery]], None], ready: Any) -> None:
    """Have the deliveries of `queue` given to `take`, as those of connection `number`; `ready` once it has begun."""

    def arrived(_channel: Any, method: Any, properties: Any, body: bytes) -> None:
        take([read(method, properties, body, number)])

    channel.basic_consume(queue, arrived, callback=ready)


def read(method: Any, properties: Any, body: bytes, number: int) -> Delivery:
    """A delivery as pika gives it, every header as text."""
    headers = {name: _text(value) for name, value in (properties.headers or {}).items()}
    content = properties.content_type or ""
    if content and content.partition(";")[0].strip().lower() != "application/json":
        headers[OTHER_CONTENT] = content
    tag = (number, method.delivery_tag)
    return Delivery(headers, body, method.routing_key, properties.user_id or "", method.redelivered, tag)


def _text(value: Any) -> str:
    if isinstance(value, bytes | bytearray):
        return bytes(value).decode(errors="backslashreplace")
    if isinstance(value, datetime):
        return str(int(value.timestamp()))
    if isinstance(value, Mapping | list):
        return f"({len(value)} values)"
    return "" if value is None else str(value)
