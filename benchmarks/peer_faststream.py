"""The same consumer as a FastStream subscriber: a transaction for each event, acknowledged after it."""

import asyncio
import json
import os

import psycopg
from faststream import FastStream
from faststream.rabbit import QueueType, RabbitBroker, RabbitQueue

from benchmarks import bare

QUEUE = RabbitQueue("faststream-peer", durable=True, queue_type=QueueType.QUORUM)
broker = RabbitBroker(os.environ.get("PEER_BROKER", "amqp://localhost"), logger=None)
app = FastStream(broker, logger=None)
_connection: list[psycopg.AsyncConnection] = []
_one = asyncio.Lock()


@broker.subscriber(QUEUE)
async def moved(message: dict) -> None:
    """Inbox and projection of one event."""
    async with _one:
        if not _connection:
            _connection.append(await psycopg.AsyncConnection.connect(os.environ["PEER_DSN"], autocommit=True))
        row = json.loads(message["body"])
        async with _connection[0].transaction():
            await _connection[0].execute(bare.KNOW, ([message["id"]],))
            values = ([row["deed_id"]], [1], [row["place"]], [row["note"]])
            await _connection[0].execute(bare.PROJECT, values)


async def publish(events: list[tuple[str, str]]) -> None:
    """Publish `events` (id, body), each confirmed."""
    async with broker:
        await broker.declare_queue(QUEUE)
        for id_, body in events:
            await broker.publish({"id": id_, "body": body}, QUEUE, persist=True)
