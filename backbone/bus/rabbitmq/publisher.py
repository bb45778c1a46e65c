"""Publishing on RabbitMQ: a whole batch is on the wire before the first confirm is awaited.

Every message is persistent, mandatory and confirmed. The broker answers with acks, nacks and returns; whatever it
has not answered when the caller's time is up is reported as such, and its outbox row stays.
"""

import threading
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any
from uuid import UUID

from backbone.bus.port import BROKE, CLOSED, REFUSED, RETURNED, TIMEOUT, UNFRAMED, BusAway, Message, Topology, of_lane
from backbone.bus.rabbitmq.link import Link, wait_until
from backbone.bus.rabbitmq.topology import exchanges
from backbone.bus.rabbitmq.ways import Way
from backbone.events.lanes import Lane


class Batch:
    """The answers to one call of `publish`. Only the link's thread writes; `done` tells the caller to read."""

    def __init__(self, messages: Sequence[Message]):
        self.messages = messages
        self.missing = dict.fromkeys((message.id for message in messages), TIMEOUT)
        self.done = threading.Event()
        self.given_up = False
        self._open = len(self.missing)

    def answer(self, id_: UUID, reason: str = "") -> None:
        """The fate of one message: confirmed, or not and why."""
        if reason:
            self.missing[id_] = reason
        else:
            self.missing.pop(id_, None)
        self._open -= 1
        if self._open <= 0:
            self.done.set()


class RabbitPublisher:
    """One connection for publishing. `account` is the broker account, which each message states as its user.

    An event whose confirm is late is not sent again on the same connection: the next call waits for the confirm
    under way, or finds that it has come. So a slow broker is not made slower by repeats, and the relay goes on.
    """

    def __init__(
        self, url: str, name: str, topology: Topology, account: str, lacking: MutableMapping[str, str], way: Way
    ):
        self._way = way
        self._exchanges, self._account = {lane: of_lane(topology.exchange, lane) for lane in Lane}, account
        self._needed = exchanges(topology)
        self._channel: Any = None
        self._tags: dict[int, UUID] = {}
        self._batches: dict[UUID, Batch] = {}
        self._late: set[UUID] = set()
        self._oldest = self._newest = 0
        self._returned: set[str] = set()
        self.link = Link(url, name, self, lacking, way.Publishing)

    def wait(self, timeout: float) -> None:
        """See the port."""
        if not self.link.usable.wait(timeout):
            raise BusAway(self.link.reason)

    def publish(self, messages: Sequence[Message], timeout: float) -> dict[UUID, str]:
        """See the port. While the broker is away or blocked nothing is sent: everything is closed or timed out."""
        batch = Batch([message for message in messages if message.user_id in ("", self._account)])
        refused = {message.id: REFUSED for message in messages if message.user_id not in ("", self._account)}
        if not batch.messages:
            return refused
        left = wait_until(self.link.usable, timeout)
        if not self.link.usable.is_set() or not self.link.post(lambda: self._send(batch)):
            return refused | dict.fromkeys(batch.missing, CLOSED)
        batch.given_up = not batch.done.wait(left)
        return refused | dict(batch.missing)

    def close(self) -> None:
        """See the port."""
        self.link.close()

    def opened(self, channel: Any, ready: Callable[[], None]) -> None:
        """A fresh channel: delivery tags start again at one. Queues are their consumers' business: one that lacks, or
        is not what we would have made, stops nobody who publishes."""
        for exchange in self._needed:
            channel.exchange_declare(exchange, passive=True, callback=_stands)
        self._oldest, self._newest = 1, 0
        channel.add_on_return_callback(self._on_return)

        def confirming(_frame: Any) -> None:
            self._channel = channel
            ready()

        channel.confirm_delivery(self._on_answer, callback=confirming)

    def lost(self, refusal: str) -> None:
        """Nothing unanswered will be answered any more."""
        self._channel = None
        for id_, batch in self._batches.items():
            batch.answer(id_, f"{BROKE}: {refusal}" if refusal else CLOSED)
        for memory in (self._tags, self._batches, self._late, self._returned):
            memory.clear()

    def _send(self, batch: Batch) -> None:
        if self._channel is None or not self._channel.is_open:
            for id_ in list(batch.missing):
                batch.answer(id_, CLOSED)
            return
        outgoing = self._way.Outgoing(self._channel, self._account)
        for message in batch.messages:
            if self._under_way(message, batch):
                continue
            try:
                outgoing.add(message, self._exchanges[message.lane])
            except Exception as error:  # one that cannot be framed takes nobody with it
                batch.answer(message.id, f"{UNFRAMED}: {type(error).__name__}")
                continue
            self._newest += 1
            self._tags[self._newest] = message.id
            self._batches[message.id] = batch
        outgoing.send()

    def _under_way(self, message: Message, batch: Batch) -> bool:
        """Whether the broker has this message already: then `batch` gets its confirm, now or when it comes."""
        if message.id in self._late:
            self._late.discard(message.id)
            batch.answer(message.id)
        elif message.id in self._batches:
            self._batches[message.id] = batch
        else:
            return False
        return True

    def _on_return(self, _channel: Any, _method: Any, properties: Any, _body: bytes) -> None:
        """The broker sends a return before the confirm of the same message."""
        self._returned.add(properties.message_id)

    def _on_answer(self, frame: Any) -> None:
        tag = frame.method.delivery_tag
        reason = "" if frame.method.NAME == "Basic.Ack" else REFUSED
        if frame.method.multiple:
            for each in range(self._oldest, tag + 1):
                self._settle(each, reason)
            self._oldest = tag + 1
        else:
            self._settle(tag, reason)

    def _settle(self, tag: int, reason: str) -> None:
        id_ = self._tags.pop(tag, None)
        if id_ is None:
            return
        batch = self._batches.pop(id_)
        if self._returned and str(id_) in self._returned:
            self._returned.discard(str(id_))
            reason = RETURNED
        if not batch.given_up:
            batch.answer(id_, reason)
        elif not reason:
            self._late.add(id_)


def _stands(_frame: Any) -> None:
    """What pika wants to call: the exchange is there."""
