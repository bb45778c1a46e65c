"""Which way to RabbitMQ a process takes: the fast one where pika has all it leans on, the plain one otherwise.

It is said once, when the first link is made, and shown as a metric: a plain process is well and half as fast.
"""

import logging
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

from backbone.bus.port import Delivery, Message
from backbone.bus.rabbitmq import fast, plain
from backbone.metrics import BUS_WAY

log = logging.getLogger(__name__)


class Outgoing(Protocol):
    """Messages on their way out of one channel."""

    def add(self, message: Message, exchange: str) -> None:
        """One more. An exception when it cannot be framed: then it is not among them."""

    def send(self) -> None:
        """What is not out yet."""


class Way(Protocol):
    """What the two have alike: modules with these names."""

    NAME: str
    Publishing: Any
    Consuming: Any

    @staticmethod
    def Outgoing(channel: Any, account: str) -> Outgoing:
        """For messages of the broker account `account`."""

    @staticmethod
    def consume(channel: Any, queue: str, number: int, take: Callable[[list[Delivery]], None], ready: Any) -> None:
        """Have the deliveries of `queue` given to `take`, as those of connection `number`."""


@cache
def taken() -> Way:
    """The way of this process."""
    lacking = sorted(fast.lacking())
    way: Any = plain if lacking else fast
    if lacking:
        log.warning("the bus goes the plain way, at half the speed: this pika has no %s as it was", ", ".join(lacking))
    else:
        log.info("the bus goes the fast way")
    BUS_WAY.labels(way.NAME).set(1)
    found: Way = way
    return found
