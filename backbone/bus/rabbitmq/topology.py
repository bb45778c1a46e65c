"""What stands on RabbitMQ, said once: exchanges, queues, bindings and policies, as values.

`declare.py` makes it stand on a plain broker, scripts/broker_accounts.py writes the definitions of a deployment from
it; a service only looks for what it uses itself. The arguments are those that RabbitMQ 3.10 and 4.x both accept.
Attempts are counted in our inbox, so the delivery limit is the last net only; it is explicit because the broker's
default differs by version (none, then 20).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from backbone.bus.port import Topology, of_lane
from backbone.events.lanes import Lane

DELIVERY_LIMIT = 100
FOR_EVER = 1_000_000  # RabbitMQ 4 counts deliveries of every quorum queue, and 3.10 does not know -1


class Exchange(NamedTuple):
    """A durable exchange. `otherwise`: the one that has what none of its bindings takes."""

    name: str
    kind: str
    otherwise: str = ""

    @property
    def arguments(self) -> Mapping[str, Any]:
        """As the broker is told."""
        return {"alternate-exchange": self.otherwise} if self.otherwise else {}


class Queue(NamedTuple):
    """A durable queue. One that stands keeps its arguments for ever: changes are policies."""

    name: str
    arguments: Mapping[str, Any]


class Binding(NamedTuple):
    """What reaches `queue` from `exchange`."""

    queue: str
    exchange: str
    key: str


Part = Exchange | Queue | Binding


def exchanges(topology: Topology) -> tuple[str, ...]:
    """Where events are published to: what each producer needs, and all it may write to."""
    return tuple(of_lane(topology.exchange, lane) for lane in Lane)


def queues_of(service: str) -> tuple[str, ...]:
    """What the workers of `service` consume, the most urgent first."""
    return tuple(of_lane(service, lane) for lane in Lane)


def dead_exchange(topology: Topology) -> str:
    """Where a message goes that met the delivery limit."""
    return f"{topology.exchange}.dead"


def dead_queue(service: str) -> str:
    """The queue that keeps the dead letters of `service`."""
    return f"{service}.dead"


def owned_by(service: str) -> tuple[str, ...]:
    """Every queue that `service` may read, and nobody else."""
    return (*queues_of(service), dead_queue(service))


def parts(topology: Topology) -> Iterator[Part]:
    """Everything, each after what it needs. What no queue of the bulk lane takes goes the urgent way: the version
    before reads that one alone, so the lane's bindings come when it is gone (scripts/broker_upgrade.py)."""
    for exchange in exchanges(topology):
        yield Exchange(exchange, "topic", "" if exchange == topology.exchange else topology.exchange)
    yield Exchange(dead_exchange(topology), "direct")
    for service, keys in topology.queues.items():
        yield Queue(dead_queue(service), {"x-queue-type": "quorum"})
        yield Binding(dead_queue(service), dead_exchange(topology), service)
        for exchange, queue in zip(exchanges(topology), queues_of(service), strict=True):
            yield Queue(queue, _arguments(topology, service))
            for key in keys:
                yield Binding(queue, exchange, key)


def _arguments(topology: Topology, service: str) -> dict[str, Any]:
    return {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": dead_exchange(topology),
        "x-dead-letter-routing-key": service,
    }


def policies(topology: Topology) -> Mapping[str, tuple[Sequence[str], Mapping[str, Any]]]:
    """What the definitions add to queues that stand, for arguments cannot be changed: name, queues, definition.

    A dead letter leaves its queue once the dead queue has it (at-least-once wants reject-publish; no queue of ours has
    a length to reject by). Looking at dead letters counts as deliveries: they are kept however often that is done.
    """
    services = sorted(topology.queues)
    return {
        "dead-letters-at-least-once": (
            [queue for name in services for queue in queues_of(name)],
            {"dead-letter-strategy": "at-least-once", "overflow": "reject-publish"},
        ),
        "dead-letters-stay": ([dead_queue(name) for name in services], {"delivery-limit": FOR_EVER}),
    }
