"""Exchange, queues and bindings on RabbitMQ, asked for on every new connection before anything else.

The arguments are those that RabbitMQ 3.10 and 4.x both accept. Attempts are counted in our inbox, so the delivery
limit is the last net only; it is explicit because the broker's default differs by version (none, then 20).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from backbone.bus.port import Topology

DELIVERY_LIMIT = 100
FOR_EVER = 1_000_000  # RabbitMQ 4 counts deliveries of every quorum queue, and 3.10 does not know -1

Step = Callable[[Any, Callable[[Any], None]], None]


def dead_exchange(topology: Topology) -> str:
    """Where a message goes that met the delivery limit."""
    return f"{topology.exchange}.dead"


def dead_queue(service: str) -> str:
    """The queue that keeps the dead letters of `service`."""
    return f"{service}.dead"


def arguments(topology: Topology, service: str) -> dict[str, Any]:
    """The arguments of the queue of `service`. One that stands keeps its own for ever: changes are policies."""
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
            services,
            {"dead-letter-strategy": "at-least-once", "overflow": "reject-publish"},
        ),
        "dead-letters-stay": ([dead_queue(name) for name in services], {"delivery-limit": FOR_EVER}),
    }


def steps(topology: Topology) -> Iterator[Step]:
    """Every declaration, each to be called with a channel and what to do once the broker has agreed."""
    yield _exchange(topology.exchange, "topic")
    yield _exchange(dead_exchange(topology), "direct")
    for service, keys in topology.queues.items():
        yield _queue(dead_queue(service), {"x-queue-type": "quorum"})
        yield _binding(dead_queue(service), dead_exchange(topology), service)
        yield _queue(service, arguments(topology, service))
        for key in keys:
            yield _binding(service, topology.exchange, key)


def _exchange(name: str, kind: str) -> Step:
    return lambda channel, then: channel.exchange_declare(name, kind, durable=True, callback=then)


def _queue(name: str, args: dict[str, Any]) -> Step:
    return lambda channel, then: channel.queue_declare(name, durable=True, arguments=args, callback=then)


def _binding(queue: str, exchange: str, key: str) -> Step:
    return lambda channel, then: channel.queue_bind(queue, exchange, key, callback=then)
