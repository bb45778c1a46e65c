"""One at a time: a round trip for every event, as a first version of such code is written."""

import json
import time

import pika
import psycopg

from benchmarks import bare
from benchmarks.world import MOVED, World


def relay(world: World, count: int) -> float:
    """A transaction, a publish and a confirm for each event."""
    connection = pika.BlockingConnection(pika.URLParameters(world.broker))
    channel = connection.channel()
    channel.confirm_delivery()
    begun = time.perf_counter()
    with psycopg.connect(world.dsn, autocommit=True) as database:
        for _ in range(count):
            with database.transaction():
                position, id_, headers, body = database.execute(bare.TAKE, (1,)).fetchone()
                properties = pika.BasicProperties(headers=json.loads(headers), delivery_mode=2, message_id=str(id_))
                channel.basic_publish("espace", MOVED.type, body.encode(), properties, mandatory=True)
                database.execute(bare.REMOVE, ([position],))
    seconds = time.perf_counter() - begun
    connection.close()
    return count / seconds


def consume(world: World, count: int) -> float:
    """A transaction and an acknowledgement for each event."""
    connection = pika.BlockingConnection(pika.URLParameters(world.broker))
    channel = connection.channel()
    channel.basic_qos(prefetch_count=1000)
    begun, taken = time.perf_counter(), 0
    with psycopg.connect(world.dsn, autocommit=True) as database:
        for method, properties, body in channel.consume("mirror"):
            bare.apply(database, [(method.delivery_tag, properties.message_id, body)])
            channel.basic_ack(method.delivery_tag)
            taken += 1
            if taken == count:
                break
    seconds = time.perf_counter() - begun
    channel.cancel()
    connection.close()
    return count / seconds
