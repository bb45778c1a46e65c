"""The bus inside one process, on kombu's memory transport: no broker on the machine, the same promises.

kombu's virtual transports forget what was taken and not acknowledged when the process dies. So an event counts as
confirmed only when every queue bound to it has acknowledged it: until then its outbox row is there.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any, Generic
from uuid import UUID

import kombu as kombu_library
from kombu.message import Message as Taken

from backbone.bus.port import REFUSED, RETURNED, TIMEOUT, Delivery, Message, T, Topology, as_it_came, of_lane
from backbone.events.lanes import Lane

kombu: Any = kombu_library  # it exports its names lazily, which type checkers do not see


class Hub:
    """All queues of one name in this process. Every method holds the one lock; `_changed` wakes who waits."""

    def __init__(self, name: str):
        self._prefix = f"{name}/"
        self._changed = threading.Condition()
        self._channel = kombu.Connection("memory://").channel()
        self._bound: dict[tuple[str, Lane], set[str]] = {}
        self._pending: dict[UUID, set[str]] = {}
        self._settled: set[UUID] = set()

    def declare(self, topology: Topology) -> None:
        """Make the queues stand. kombu's topic match takes `a.#` for `a.b` but not for `a`: we bind exact keys,
        so a direct exchange gives the same routes without its pattern matching."""
        with self._changed:
            for lane in Lane:
                exchange = kombu.Exchange(self._prefix + of_lane(topology.exchange, lane), type="direct")
                for service, keys in topology.queues.items():
                    name = of_lane(service, lane)
                    kombu.Queue(self._prefix + name, channel=self._channel).declare()
                    for key in keys:
                        kombu.Queue(self._prefix + name, exchange, key, channel=self._channel).declare()
                        self._bound.setdefault((key, lane), set()).add(name)

    def publish(self, messages: Sequence[Message], user: str, exchange: str, timeout: float) -> dict[UUID, str]:
        """Enqueue what is not pending already and wait until all is acknowledged; the ids that are not, and why."""
        missing: dict[UUID, str] = {}
        end = monotonic() + timeout
        with self._changed:
            for message in messages:
                if message.user_id not in ("", user):
                    missing[message.id] = REFUSED
                elif (message.type, message.lane) not in self._bound:
                    missing[message.id] = RETURNED
                elif message.id not in self._pending and message.id not in self._settled:
                    self._enqueue(message, user, exchange)
            self._changed.notify_all()
            sent = [message.id for message in messages if message.id not in missing]
            self._changed.wait_for(lambda: not self._unsettled(sent), max(0.0, end - monotonic()))
            waiting = self._unsettled(sent)
            self._settled.difference_update(sent)
            return missing | dict.fromkeys(waiting, TIMEOUT)

    def _unsettled(self, ids: Sequence[UUID]) -> list[UUID]:
        return [id_ for id_ in ids if id_ not in self._settled]

    def _enqueue(self, message: Message, user: str, exchange: str) -> None:
        self._pending[message.id] = set(self._bound[message.type, message.lane])
        properties = {"message_id": str(message.id), "type": message.type, "user_id": user}
        self._put(
            self._prefix + of_lane(exchange, message.lane),
            message.type,
            message.body,
            dict(message.headers),
            properties,
        )

    def _put(
        self, exchange: str, key: str, body: bytes, headers: dict[str, object], properties: dict[str, str]
    ) -> None:
        raw = self._channel.prepare_message(
            body, content_type="application/json", content_encoding="binary", headers=headers, properties=properties
        )
        self._channel.basic_publish(raw, exchange, key)

    def take(self, queue: str, limit: int, wait: float) -> list[Taken]:
        """At most `limit` messages of the queue, after waiting `wait` seconds for a first one."""
        with self._changed:
            taken = self._take(queue, limit)
            if not taken and wait > 0:
                end = monotonic() + wait
                while not taken and self._changed.wait(max(0.0, end - monotonic())):
                    taken = self._take(queue, limit)
            return taken

    def _take(self, queue: str, limit: int) -> list[Taken]:
        taken: list[Taken] = []
        while len(taken) < limit:
            message = self._channel.basic_get(self._prefix + queue, no_ack=True)
            if message is None:
                break
            taken.append(message)
        return taken

    def settle(self, queue: str, taken: Sequence[Taken]) -> None:
        """The consumer of `queue` is done with these; what all others are done with too is confirmed."""
        with self._changed:
            for message in taken:
                id_ = UUID(message.properties["message_id"])
                left = self._pending.get(id_)
                if left is not None:
                    left.discard(queue)
                    if not left:
                        del self._pending[id_]
                        self._settled.add(id_)
            self._changed.notify_all()

    def put_back(self, queue: str, taken: Sequence[Taken]) -> None:
        """Return these to the one queue they came from; kombu's own restore would route them to every queue again."""
        with self._changed:
            for message in taken:
                properties = {name: message.properties[name] for name in ("message_id", "type", "user_id")}
                properties["redelivered"] = "yes"
                self._put("", self._prefix + queue, message.body, message.headers, properties)
            self._changed.notify_all()

    def depth(self, queue: str) -> int:
        """Messages waiting in `queue`."""
        with self._changed:
            return int(self._channel.queue_declare(self._prefix + queue).message_count)


_hubs: dict[str, Hub] = {}
_hubs_lock = threading.Lock()


def hub(name: str) -> Hub:
    """The hub of this process that bears `name`; made at first use."""
    with _hubs_lock:
        if name not in _hubs:
            _hubs[name] = Hub(name)
        return _hubs[name]


class EmbeddedPublisher:
    """See the port."""

    def __init__(self, hub: Hub, user: str, exchange: str):
        self._hub, self._user, self._exchange = hub, user, exchange

    def wait(self, timeout: float) -> None:
        """See the port: it is this process."""

    def publish(self, messages: Sequence[Message], timeout: float) -> dict[UUID, str]:
        """See the port."""
        return self._hub.publish(messages, self._user, self._exchange, timeout)

    def close(self) -> None:
        """See the port: nothing to give back."""


class EmbeddedSubscriber(Generic[T]):
    """See the port."""

    def __init__(self, hub: Hub, queue: str, read: Callable[[Delivery], T]):
        self._hub, self._queue, self._read = hub, queue, read
        self._taken: OrderedDict[str, Taken] = OrderedDict()

    def receive(self, limit: int, wait: float) -> list[T]:
        """See the port."""
        taken = self._hub.take(self._queue, limit, wait)
        self._taken.update((message.delivery_tag, message) for message in taken)
        return [self._read(_delivery(message)) for message in taken]

    def acknowledge(self, deliveries: Sequence[Delivery]) -> None:
        """See the port."""
        if not deliveries or deliveries[-1].tag not in self._taken:
            return
        done = []
        while self._taken:
            tag, message = self._taken.popitem(last=False)
            done.append(message)
            if tag == deliveries[-1].tag:
                break
        self._hub.settle(self._queue, done)

    def close(self) -> None:
        """See the port."""
        self._hub.put_back(self._queue, list(self._taken.values()))
        self._taken.clear()


def _delivery(message: Taken) -> Delivery:
    properties = message.properties
    redelivered = "redelivered" in properties
    return Delivery(
        message.headers, message.body, properties["type"], properties["user_id"], redelivered, message.delivery_tag
    )


class EmbeddedBus:
    """See the port. Buses of one name in one process share their hub; `name` keeps tests apart."""

    def __init__(self, name: str, service: str, topology: Topology):
        self._service, self._topology = service, topology
        self._hub = hub(name)
        self._hub.declare(topology)
        self._subscribers: list[EmbeddedSubscriber[Any]] = []

    def declare(self, timeout: float = 10.0) -> None:
        """See the port."""
        self._hub.declare(self._topology)

    def publisher(self) -> EmbeddedPublisher:
        """See the port."""
        return EmbeddedPublisher(self._hub, self._service, self._topology.exchange)

    def subscriber(
        self,
        service: str,
        read: Callable[[Delivery], T] = as_it_came,  # type: ignore[assignment]
        *,
        lane: Lane = Lane.URGENT,
    ) -> EmbeddedSubscriber[T]:
        """See the port."""
        subscriber = EmbeddedSubscriber(self._hub, of_lane(service, lane), read)
        self._subscribers.append(subscriber)
        return subscriber

    def dead_letters(self, read: Callable[[Delivery], T] = as_it_came) -> EmbeddedSubscriber[T]:  # type: ignore[assignment]
        """See the port: an outbox row stays until its event is acknowledged, so nothing is ever given up."""
        return self.subscriber(f"{self._service}.dead", read)

    def dead_count(self) -> int:
        """See the port."""
        return 0

    def reachable(self) -> bool:
        """See the port: it is this process."""
        return True

    def lacks(self) -> str:
        """See the port."""
        return ""

    def depths(self) -> dict[str, int]:
        """See the port."""
        queues = [of_lane(self._service, lane) for lane in Lane]
        return {queue: self._hub.depth(queue) for queue in queues}

    def close(self) -> None:
        """See the port."""
        for subscriber in self._subscribers:
            subscriber.close()
        self._subscribers.clear()
