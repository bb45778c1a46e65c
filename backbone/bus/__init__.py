"""The bus. `make_bus` is the only place that chooses an adapter; everything else knows the port alone."""

from backbone.bus.port import (
    BROKE,
    CLOSED,
    EXCHANGE,
    REFUSED,
    RETURNED,
    TIMEOUT,
    UNFRAMED,
    Bus,
    BusAway,
    Delivery,
    Message,
    Publisher,
    Subscriber,
    Topology,
)

__all__ = [
    "BROKE",
    "CLOSED",
    "EXCHANGE",
    "REFUSED",
    "RETURNED",
    "TIMEOUT",
    "UNFRAMED",
    "Bus",
    "BusAway",
    "Delivery",
    "Message",
    "Publisher",
    "Subscriber",
    "Topology",
    "make_bus",
]


def make_bus(url: str, service: str, topology: Topology) -> Bus:
    """The bus at `url` as `service` sees it: "embedded:" or "embedded:name" in this process, or "amqp(s)://…".

    Nothing is contacted yet. ValueError for any other scheme. The adapters are imported here so that a process
    loads only the client library it uses.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "embedded":
        from backbone.bus.embedded import EmbeddedBus

        return EmbeddedBus(rest, service, topology)
    if scheme in ("amqp", "amqps"):
        from backbone.bus.rabbitmq import RabbitBus

        return RabbitBus(url, service, topology)
    raise ValueError(f"no bus speaks {scheme or 'an empty address'}: give embedded: or amqp://…")
