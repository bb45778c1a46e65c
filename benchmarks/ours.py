"""Our relay and our consumer through the real backbone API."""

import time

from backbone.bus import Message, make_bus
from backbone.clock import SystemClock
from backbone.events.lanes import Lane
from backbone.messaging.relay import Relay
from backbone.serving.interpreter import prepare_process
from backbone.serving.worker import BATCH, Worker
from benchmarks.world import TOPOLOGY, World, event_row, service


def publish(world: World, count: int, size: int = 500) -> float:
    """Events a second that the publisher confirms, batches of `size`."""
    bus = make_bus(world.broker, "bench", TOPOLOGY)
    publisher = bus.publisher()
    rows = [event_row() for _ in range(count)]
    batches = [
        [Message(row.id, row.type, row.headers, row.body.encode()) for row in rows[at : at + size]]
        for at in range(0, count, size)
    ]
    assert publisher.publish([], 1) == {}
    warm = event_row()
    publisher.publish([Message(warm.id, warm.type, warm.headers, warm.body.encode())], 10)
    begun = time.perf_counter()
    for each in batches:
        assert not publisher.publish(each, 30)
    seconds = time.perf_counter() - begun
    bus.close()
    return count / seconds


def relay(world: World, count: int, batch: int | None = None) -> float:
    """Events a second from the outbox to the broker and out of the table."""
    bus = make_bus(world.broker, "bench", TOPOLOGY)
    bus.declare()
    publisher, maker = bus.publisher(), service(world.url, world.broker, "bench")
    step = Relay(maker.engine, publisher, SystemClock(), lane=Lane.URGENT, **({"batch": batch} if batch else {})).step
    publisher.link.usable.wait(10)  # type: ignore[attr-defined]
    moved, begun = 0, time.perf_counter()
    while moved < count:
        confirmed, _ = step()
        moved += confirmed
    seconds = time.perf_counter() - begun
    bus.close()
    maker.engine.dispose()
    return count / seconds


def consume(world: World, count: int) -> float:
    """Events a second from the queue into inbox and projection, acknowledged after the commit."""
    bus = make_bus(world.broker, "mirror", TOPOLOGY)
    mirror = service(world.url, world.broker)
    worker = Worker(mirror, bus)
    prepare_process()
    subscriber, taken, begun = bus.subscriber("mirror", worker._listening.read), 0, 0.0
    while taken < count:
        received = subscriber.receive(BATCH, 10)
        begun = begun or time.perf_counter()
        worker._take(subscriber, received)
        taken += len(received)
    seconds = time.perf_counter() - begun
    bus.close()
    mirror.engine.dispose()
    return count / seconds
