"""The bare limit: the same steps with the same durability, by raw frames and set SQL, without any of our code."""

import json
import time
from typing import Any

import psycopg

from benchmarks.amqp import RawChannel
from benchmarks.world import MOVED, World, event_row, wire

TAKE = """SELECT position, id, headers, body FROM outbox WHERE next_attempt_at IS NULL OR next_attempt_at <= now()
          ORDER BY position LIMIT %s FOR UPDATE SKIP LOCKED"""
REMOVE = "DELETE FROM outbox WHERE position = ANY(%s)"
KNOW = """INSERT INTO inbox (id, source, type, received_at, applied_at)
          SELECT unnest(%s::uuid[]), 'bench', 'bench.moved.v1', now(), now() ON CONFLICT DO NOTHING RETURNING id"""
PROJECT = """INSERT INTO places (deed_id, sequence, place, note)
             SELECT * FROM unnest(%s::uuid[], %s::int[], %s::text[], %s::text[])
             ON CONFLICT (deed_id) DO UPDATE SET sequence = excluded.sequence, place = excluded.place,
             note = excluded.note WHERE places.sequence < excluded.sequence"""


def publish(world: World, count: int, size: int = 500) -> float:
    """Events a second confirmed, batches of `size`."""
    channel = RawChannel(world.rabbitmq.port)
    channel.confirm()
    rows = [wire(event_row()) for _ in range(count)]
    begun = time.perf_counter()
    for at in range(0, count, size):
        channel.publish("espace", MOVED.type, rows[at : at + size])
    seconds = time.perf_counter() - begun
    channel.close()
    return count / seconds


def relay_step(connection: Any, channel: RawChannel, size: int) -> int:
    """One batch from the outbox to the broker; how many."""
    with connection.transaction():
        rows = connection.execute(TAKE, (size,)).fetchall()
        if rows:
            messages = [(str(id_), json.loads(headers), body.encode()) for _, id_, headers, body in rows]
            channel.publish("espace", MOVED.type, messages)
            connection.execute(REMOVE, ([row[0] for row in rows],))
    return len(rows)


def relay(world: World, count: int, size: int = 500) -> float:
    """Events a second from the outbox to the broker and out of the table."""
    channel = RawChannel(world.rabbitmq.port)
    channel.confirm()
    with psycopg.connect(world.dsn, autocommit=True) as connection:
        moved, begun = 0, time.perf_counter()
        while moved < count:
            moved += relay_step(connection, channel, size)
        seconds = time.perf_counter() - begun
    channel.close()
    return count / seconds


def apply(connection: Any, batch: list[tuple[int, str, bytes]]) -> None:
    """Inbox and projection of one batch, in one transaction."""
    bodies = {id_: json.loads(body) for _, id_, body in batch}
    with connection.transaction():
        new = connection.execute(KNOW, (sorted(bodies),)).fetchall()
        rows = [bodies[str(row[0])] for row in new]
        rows.sort(key=lambda row: row["deed_id"])
        columns = ([row[name] for row in rows] for name in ("deed_id", "place", "note"))
        deeds, where, notes = columns
        connection.execute(PROJECT, (deeds, [1] * len(rows), where, notes))


def consume(world: World, count: int, size: int = 500) -> float:
    """Events a second from the queue into inbox and projection, acknowledged after the commit."""
    channel = RawChannel(world.rabbitmq.port)
    channel.consume("mirror")
    taken, begun, waiting = 0, 0.0, []
    with psycopg.connect(world.dsn, autocommit=True) as connection:
        while taken < count:
            waiting += list(channel.deliveries())
            begun = begun or time.perf_counter()
            if len(waiting) >= size or taken + len(waiting) == count:
                batch, waiting = waiting[:size], waiting[size:]
                apply(connection, batch)
                channel.ack(batch[-1][0])
                taken += len(batch)
        seconds = time.perf_counter() - begun
    channel.close()
    return count / seconds
