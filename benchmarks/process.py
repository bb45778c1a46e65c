"""A relay or a consumer as a process of its own, ours or bare, for the latency of the whole pipeline.

`python -m benchmarks.process KIND ENGINE_URL DSN BROKER_URL PORT TIMES`; a consumer appends "id seconds" to TIMES.
"""

import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import psycopg

from backbone.bus import make_bus
from backbone.messaging.listening import Read
from backbone.serving.worker import Worker
from benchmarks import bare
from benchmarks.amqp import RawChannel
from benchmarks.world import TOPOLOGY, service


def note(times: Path, ids: Iterable[object]) -> None:
    """These events are in the projection now."""
    now = time.time()
    with times.open("a") as out:
        out.writelines(f"{id_} {now}\n" for id_ in ids)


def ours(name: str, url: str, broker: str, times: Path) -> None:
    """The real worker of the producing or the consuming service."""
    real = Worker._take

    def take(self: Any, subscriber: Any, received: Sequence[Read]) -> None:
        real(self, subscriber, received)
        note(times, (delivery.headers["ce-id"] for delivery, _ in received))

    Worker._take = take  # type: ignore[method-assign]
    worker = Worker(service(url, broker, name), make_bus(broker, name, TOPOLOGY))
    worker.start()
    while True:
        time.sleep(1)


def bare_relay(dsn: str, port: int) -> None:
    """LISTEN, take, publish, confirm, delete."""
    channel = RawChannel(port)
    channel.confirm()
    with psycopg.connect(dsn, autocommit=True) as listening, psycopg.connect(dsn, autocommit=True) as working:
        listening.execute("LISTEN espace")
        while True:
            while bare.relay_step(working, channel, 500):
                pass
            for _ in listening.notifies(timeout=1, stop_after=1):
                pass


def bare_consumer(dsn: str, port: int, times: Path) -> None:
    """Whatever one read brings is one transaction."""
    channel = RawChannel(port)
    channel.consume("mirror")
    channel._socket.settimeout(3600)
    with psycopg.connect(dsn, autocommit=True) as connection:
        while True:
            batch = list(channel.deliveries())
            if batch:
                bare.apply(connection, batch)
                channel.ack(batch[-1][0])
                note(times, (id_ for _, id_, _ in batch))


def main(kind: str, url: str, dsn: str, broker: str, port: str, times: str) -> None:
    """Run `kind` until killed."""
    match kind:
        case "ours-relay":
            ours("bench", url, broker, Path(times))
        case "ours-consumer":
            ours("mirror", url, broker, Path(times))
        case "bare-relay":
            bare_relay(dsn, int(port))
        case "bare-consumer":
            bare_consumer(dsn, int(port), Path(times))


if __name__ == "__main__":
    main(*sys.argv[1:])
