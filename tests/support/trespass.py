"""What a service's broker account must not do, each tried for real; standard library and pika alone.

It runs in a test, and as it is written inside a container of the deployment: `python -c SOURCE URL WORDS…`.
"""

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pika

EXCHANGE = "espace"
REFUSED = 403


def attempts(service: str, other: str, own_type: str, others_type: str) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Name and deed. `other` is another service with a queue; the types are of events, its own and another's."""
    quorum = {"x-queue-type": "quorum"}
    own, theirs = ([f"{name}{kind}" for kind in ("", ".bulk", ".dead")] for name in (service, other))
    yield "bind its queue to everything", lambda c: c.queue_bind(service, EXCHANGE, "#")
    yield "bind its bulk queue to everything", lambda c: c.queue_bind(f"{service}.bulk", f"{EXCHANGE}.bulk", "#")
    yield "bind its queue to one type", lambda c: c.queue_bind(service, EXCHANGE, others_type)
    yield "bind another's queue", lambda c: c.queue_bind(other, EXCHANGE, own_type)
    yield "unbind its queue", lambda c: c.queue_unbind(service, EXCHANGE, others_type)
    yield "unbind another's queue", lambda c: c.queue_unbind(other, EXCHANGE, own_type)
    yield "unbind another's dead letters", lambda c: c.queue_unbind(f"{other}.dead", f"{EXCHANGE}.dead", other)
    yield "bind an exchange", lambda c: c.exchange_bind(EXCHANGE, f"{EXCHANGE}.dead", "#")
    for queue in (*own, *theirs):
        yield f"delete {queue}", lambda c, q=queue: c.queue_delete(q)
    for queue in theirs:
        yield f"purge {queue}", lambda c, q=queue: c.queue_purge(q)
        yield f"take from {queue}", lambda c, q=queue: c.basic_get(q)
        yield f"consume {queue}", lambda c, q=queue: c.basic_consume(q, print)
        yield f"send to {queue}", lambda c, q=queue: _publish(c, "", q)
    yield "declare its queue", lambda c: c.queue_declare(service, durable=True, arguments=quorum)
    yield "declare another queue", lambda c: c.queue_declare(f"{service}.mine", durable=True, arguments=quorum)
    yield "declare a nameless queue", lambda c: c.queue_declare("", exclusive=True)
    yield "declare the exchange", lambda c: c.exchange_declare(EXCHANGE, "topic", durable=True)
    yield "declare another exchange", lambda c: c.exchange_declare(f"{service}.mine", "topic", durable=True)
    yield "delete the exchange", lambda c: c.exchange_delete(EXCHANGE)
    yield "tell another's event", lambda c: _publish(c, EXCHANGE, others_type)
    yield "tell another's event in bulk", lambda c: _publish(c, f"{EXCHANGE}.bulk", others_type)
    yield "tell what nobody knows", lambda c: _publish(c, EXCHANGE, f"{service}.invented.v1")
    yield "bury an event", lambda c: _publish(c, f"{EXCHANGE}.dead", other)


def outcomes(url: str, *words: str) -> dict[str, int]:
    """For each attempt, on a channel of its own, the code the broker refused it with; 0 when it was done."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        return {name: _tried(connection, deed) for name, deed in attempts(*words)}


def _tried(connection: Any, deed: Callable[[Any], Any]) -> int:
    channel = connection.channel()
    try:
        deed(channel)
    except pika.exceptions.ChannelClosedByBroker as error:
        return int(error.reply_code)
    channel.close()
    return 0


def _publish(channel: Any, exchange: str, key: str) -> None:
    channel.confirm_delivery()
    channel.basic_publish(exchange, key, b"{}")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(outcomes(*sys.argv[1:])))
