"""RabbitMQ's definitions: the topology the contracts ask for, and one account per service that can do its part only.

A service may publish the events it produces (topic permission) and read its own queues, and nothing else: no account
but the administrator's declares, binds, unbinds or deletes anything (docs/decisions/0029). Only password hashes are
written.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from backbone.bus import Topology
from backbone.bus.rabbitmq.topology import Binding, Exchange, Part, Queue, exchanges, owned_by, parts, policies
from backbone.events.cards import Registry

VHOST = "/"
ADMINISTRATOR = "espace-admin"
NOTHING = "^$"


def definitions(registry: Registry, passwords: Mapping[str, str]) -> dict[str, Any]:
    """The whole file. `passwords` has one for each service with an account, and the administrator's."""
    services = sorted(set(passwords) - {ADMINISTRATOR})
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    wanted = Topology.of(registry)
    return {
        **topology(registry),
        "users": [user(name, password) for name, password in sorted(passwords.items())],
        "permissions": [
            {"user": ADMINISTRATOR, "vhost": VHOST, **everything},
            *({"user": name, "vhost": VHOST, **permissions(wanted, name)} for name in services),
        ],
        "topic_permissions": [
            {"user": name, "vhost": VHOST, "exchange": exchange}
            | {"write": exactly(card.type for card in registry.produced_by(name)), "read": NOTHING}
            for name in services
            for exchange in exchanges(wanted)
        ],
    }


def topology(registry: Registry) -> dict[str, Any]:
    """The part that says what stands."""
    wanted = Topology.of(registry)
    made = list(parts(wanted))
    return {
        "vhosts": [{"name": VHOST, "default_queue_type": "quorum"}],
        "policies": [
            {"vhost": VHOST, "name": name, "pattern": exactly(queues), "apply-to": "queues", "priority": 0}
            | {"definition": dict(definition)}
            for name, (queues, definition) in policies(wanted).items()
        ],
        "exchanges": [written(part) for part in made if isinstance(part, Exchange)],
        "queues": [written(part) for part in made if isinstance(part, Queue)],
        "bindings": [written(part) for part in made if isinstance(part, Binding)],
    }


def written(part: Part) -> dict[str, Any]:
    """One part as the definitions say it."""
    match part:
        case Exchange(name, kind, _):
            own = {"name": name, "type": kind, "durable": True, "auto_delete": False, "internal": False}
            return own | {"vhost": VHOST, "arguments": dict(part.arguments)}
        case Queue(name, arguments):
            own = {"name": name, "durable": True, "auto_delete": False}
            return own | {"vhost": VHOST, "arguments": dict(arguments)}
        case Binding(queue, exchange, key):
            own = {"source": exchange, "destination": queue, "destination_type": "queue", "routing_key": key}
            return own | {"vhost": VHOST, "arguments": {}}


def permissions(topology: Topology, service: str) -> dict[str, str]:
    """Publish to the exchanges, read one's own queues. To bind takes the right to write to a queue and to read an
    exchange, to declare and to delete the right to configure: a service has none of the three."""
    own = owned_by(service) if service in topology.queues else ()
    return {"configure": NOTHING, "write": exactly(exchanges(topology)), "read": exactly(own)}


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
