"""RabbitMQ's definitions: the topology the contracts ask for, and one account per service that can do its part only.

A service may publish the events it produces and nothing else (topic permission), read its own queue, and declare again
what stands already (every process does, before it publishes). Only password hashes are written.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from backbone.bus import Topology
from backbone.bus.rabbitmq import topology as on_broker
from backbone.bus.rabbitmq.topology import dead_exchange, dead_queue
from backbone.events import Registry

VHOST = "/"
ADMINISTRATOR = "espace-admin"
NOTHING = "^$"


class Recorder:
    """A channel that writes down what the backbone declares, so that nothing is said twice."""

    def __init__(self) -> None:
        self.exchanges: list[dict[str, Any]] = []
        self.queues: list[dict[str, Any]] = []
        self.bindings: list[dict[str, Any]] = []

    def exchange_declare(self, name: str, kind: str, *, durable: bool, callback: object) -> None:
        """Note an exchange."""
        self.exchanges.append(
            {"name": name, "vhost": VHOST, "type": kind, "durable": durable, "auto_delete": False, "internal": False}
            | {"arguments": {}}
        )

    def queue_declare(self, name: str, *, durable: bool, arguments: Mapping[str, Any], callback: object) -> None:
        """Note a queue."""
        arguments = dict(arguments)
        self.queues.append(
            {"name": name, "vhost": VHOST, "durable": durable, "auto_delete": False, "arguments": arguments}
        )

    def queue_bind(self, queue: str, exchange: str, key: str, *, callback: object) -> None:
        """Note a binding."""
        self.bindings.append(
            {"source": exchange, "vhost": VHOST, "destination": queue, "destination_type": "queue"}
            | {"routing_key": key, "arguments": {}}
        )


def definitions(registry: Registry, passwords: Mapping[str, str]) -> dict[str, Any]:
    """The whole file. `passwords` has one for each service with an account, and the administrator's."""
    topology = Topology.of(registry)
    channel = Recorder()
    for step in on_broker.steps(topology):
        step(channel, lambda _frame: None)
    services = sorted(set(passwords) - {ADMINISTRATOR})
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    return {
        "vhosts": [{"name": VHOST, "default_queue_type": "quorum"}],
        "users": [user(name, password) for name, password in sorted(passwords.items())],
        "permissions": [
            {"user": ADMINISTRATOR, "vhost": VHOST, **everything},
            *({"user": name, "vhost": VHOST, **permissions(topology, name)} for name in services),
        ],
        "topic_permissions": [
            {"user": name, "vhost": VHOST, "exchange": topology.exchange}
            | {"write": exactly(card.type for card in registry.produced_by(name)), "read": ".*"}
            for name in services
        ],
        "policies": [
            {"vhost": VHOST, "name": name, "pattern": exactly(queues), "apply-to": "queues", "priority": 0}
            | {"definition": dict(definition)}
            for name, (queues, definition) in on_broker.policies(topology).items()
        ],
        "exchanges": channel.exchanges,
        "queues": channel.queues,
        "bindings": channel.bindings,
    }


def permissions(topology: Topology, service: str) -> dict[str, str]:
    """Configure and bind what the topology names; publish to the one exchange; read one's own queues alone."""
    exchanges = [topology.exchange, dead_exchange(topology)]
    queues = [queue for name in topology.queues for queue in (name, dead_queue(name))]
    own = [service, dead_queue(service)] if service in topology.queues else []
    return {
        "configure": exactly(exchanges + queues),
        "write": exactly([topology.exchange, *queues]),  # a queue: to bind it again, which every process does
        "read": exactly(exchanges + own),
    }


def exactly(names: Iterable[str]) -> str:
    """The expression that matches these names and no other."""
    words = "|".join(re.escape(name).replace("\\-", "-") for name in names)
    return f"^({words})$" if words else NOTHING


def user(name: str, password: str) -> dict[str, Any]:
    """An account, with RabbitMQ's salted hash. The salt follows from the password, so that a second run writes the
    same file; the passwords are random and 256 bits long."""
    salt = hashlib.sha256(f"salt of {name} {password}".encode()).digest()[:4]
    hashed = base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
    tags = ["administrator"] if name == ADMINISTRATOR else []
    return {"name": name, "password_hash": hashed, "tags": tags} | {
        "hashing_algorithm": "rabbit_password_hashing_sha256"
    }
