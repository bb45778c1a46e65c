"""The small port every service talks to: publish with confirms, receive, acknowledge. Two adapters stand behind it.

Nothing above this file knows which bus carries the events. An event is confirmed once it can no longer
be lost; until then its outbox row stays, so a confirm that is late or missing costs a repeat, never an event.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from backbone.events.cards import Registry
from backbone.events.lanes import Lane

EXCHANGE = "espace"
T = TypeVar("T")

COUNT = "x-delivery-count"  # the header in which a quorum queue tells how often a message came back

RETURNED = "returned"  # no queue is bound to its routing key
REFUSED = "refused"  # the broker will not have it (nack, or a user_id that is not the account's)
UNFRAMED = "unframed"  # it cannot be put on the wire
BROKE = "broke"  # "broke: 406 …": the broker ended the channel over one of the batch, and says why
TIMEOUT = "timeout"  # no answer in time: it may have arrived, it may not
CLOSED = "closed"  # the connection was away, or was lost before the answer


class BusAway(Exception):
    """The bus cannot be reached, or does not stand as declared; the caller tries again later."""


@dataclass(frozen=True, slots=True)
class Message:
    """What the outbox publishes: `type` is the routing key, `headers` the ce-* attributes, `body` JSON bytes.

    An empty `user_id` means the publisher's own account; any other account is refused. `lane`: through which exchange.
    """

    id: UUID
    type: str
    headers: Mapping[str, str]
    body: bytes
    user_id: str = ""
    lane: Lane = Lane.URGENT


class Delivery(NamedTuple):
    """What arrived, as raw as it came: the worker decodes it, or parks it whole. `tag` belongs to the adapter."""

    headers: Mapping[str, object]
    body: bytes
    routing_key: str
    user_id: str
    redelivered: bool
    tag: object


def came_back(delivery: Delivery) -> int:
    """How often the broker gave it to consumers that went away with it in hand (as far as it tells)."""
    told = str(delivery.headers.get(COUNT, "0")) if delivery.redelivered else "0"
    return int(told) if len(told) < 10 and told.isascii() and told.isdecimal() else 0


def of_lane(name: str, lane: Lane) -> str:
    """The exchange, or the queue of a service, that carries `lane`: urgent events have the plain name."""
    return name if lane is Lane.URGENT else f"{name}.{lane}"


@dataclass(frozen=True)
class Topology:
    """One exchange a lane, and for each consuming service the routing keys bound to its queues, one a lane
    (`of_lane`)."""

    exchange: str
    queues: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, registry: Registry) -> "Topology":
        """The topology the contracts ask for."""
        queues = {name: tuple(sorted(c.type for c in registry.consumed_by(name))) for name in registry.consumers()}
        return cls(EXCHANGE, queues)


class Publisher(Protocol):
    """Publishes a batch with pipelined confirms. Safe to share between threads."""

    def wait(self, timeout: float) -> None:
        """Return once it can publish; BusAway, with the reason, when that is not within `timeout` seconds."""

    def publish(self, messages: Sequence[Message], timeout: float) -> dict[UUID, str]:
        """Send `messages` and wait at most `timeout` seconds; the ids that were NOT confirmed, each with its reason."""

    def close(self) -> None:
        """Give the connection back; what is still unanswered counts as closed."""


def as_it_came(delivery: Delivery) -> Delivery:
    """The reading of who wants deliveries themselves."""
    return delivery


class Subscriber(Protocol[T]):
    """Takes deliveries from the queue of one service, each as it was read. One thread receives and acknowledges."""

    def receive(self, limit: int, wait: float) -> list[T]:
        """At most `limit` deliveries, oldest first; an empty list when none came within `wait` seconds."""

    def acknowledge(self, deliveries: Sequence[Delivery]) -> None:
        """Settle every delivery received up to the last of `deliveries`; those of a lost connection come again."""

    def close(self) -> None:
        """Stop consuming; what was received and not acknowledged goes back to the queue."""


class Bus(Protocol):
    """The bus of one process."""

    def declare(self, timeout: float = 10.0) -> None:
        """Make exchanges, queues and bindings stand (idempotent); BusAway if they do not within `timeout` seconds. For
        who administers the bus: a service never does."""

    def publisher(self) -> Publisher:
        """A publisher on its own connection."""

    def subscriber(
        self,
        service: str,
        read: Callable[[Delivery], T] = as_it_came,  # type: ignore[assignment]
        *,
        lane: Lane = Lane.URGENT,
    ) -> Subscriber[T]:
        """A consumer of the queue of `service` for `lane`, on its own connection. `read` makes of each delivery what is
        received; it is called once for each, in order, maybe from another thread than the receiver's, and must not
        raise."""

    def reachable(self) -> bool:
        """Whether publishing could succeed now (health says "degraded" when not)."""

    def lacks(self) -> str:
        """What the bus does not have, or does not let this service use, of what it needs; empty when nothing is known
        to lack. An operator has to act: until then it is tried again and again."""

    def depths(self) -> dict[str, int]:
        """Messages waiting in each queue this service may look at; empty when the bus is away."""

    def dead_letters(self, read: Callable[[Delivery], T] = as_it_came) -> Subscriber[T]:  # type: ignore[assignment]
        """A consumer of what the broker gave up on for this service; of nothing where a bus never gives up."""

    def dead_count(self) -> int:
        """How many messages lie there. BusAway when it cannot be asked."""

    def close(self) -> None:
        """Close every publisher and subscriber this bus gave out."""
