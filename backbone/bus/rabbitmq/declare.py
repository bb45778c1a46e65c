"""Makes the topology stand, for an account that may: the migrate job on a plain broker, tests, benchmarks.

No service does: its account may not (docs/decisions/0029).
"""

import logging
from typing import Any

import pika
from pika.adapters.utils.connection_workflow import AMQPConnectorException

from backbone.bus.port import BusAway, Topology
from backbone.bus.rabbitmq.topology import Exchange, Part, Queue, parts

OTHER_ARGUMENTS = 406
AWAY = (pika.exceptions.AMQPError, AMQPConnectorException, OSError)
log = logging.getLogger(__name__)


def declare(parameters: Any, topology: Topology) -> None:
    """Declare every part. What stands with other arguments than ours is used as it stands, whoever's it is, and told:
    an operator changes it. BusAway when the broker is away, or will not."""
    try:
        with pika.BlockingConnection(parameters) as connection:
            channel = connection.channel()
            for part in parts(topology):
                try:
                    _declare(channel, part)
                except pika.exceptions.ChannelClosedByBroker as error:
                    if error.reply_code != OTHER_ARGUMENTS:
                        raise
                    log.error("used as it stands: %s", error.reply_text[:300])
                    channel = connection.channel()
    except AWAY as error:
        raise BusAway(repr(error)[:300]) from error


def _declare(channel: Any, part: Part) -> None:
    if isinstance(part, Exchange):
        channel.exchange_declare(part.name, part.kind, durable=True, arguments=dict(part.arguments))
    elif isinstance(part, Queue):
        channel.queue_declare(part.name, durable=True, arguments=dict(part.arguments))
    else:
        channel.queue_bind(part.queue, part.exchange, part.key)
