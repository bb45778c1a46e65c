"""The same job in Celery and in FastStream: publish with confirms, drain with a transaction for each event."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable

from benchmarks.world import World, event_row
from tests.support.ports import eventually
from tests.support.processes import ROOT, environment_of


def drain(world: World, words: list[str], count: int) -> float:
    """Events a second from the first projected to the last, by the processes that `words` start."""
    environment = environment_of({"PEER_BROKER": world.broker, "PEER_DSN": world.dsn, "HOME": "/tmp"})

    def projected() -> int:
        with world.postgres.connect(world.database) as connection:
            return int(connection.execute("SELECT count(*) FROM places").fetchone()[0])  # type: ignore[index]

    log = (world.postgres.data.parent / "peer.log").open("ab")
    process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        first = eventually(projected, limit=120, every=0.01, what="the peer consumes nothing")
        begun = time.perf_counter()
        eventually(lambda: projected() >= count, limit=300, every=0.02)
        return (count - int(str(first))) / (time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(20)


def celery(world: World, count: int) -> dict[str, float]:
    """Publish and drain by Celery, two prefork processes."""
    os.environ["PEER_BROKER"] = world.broker
    from benchmarks.peer_celery import app, moved

    app.conf.broker_url = world.broker
    events = [(str(row.id), row.body) for row in (event_row() for _ in range(count))]
    published = timed(lambda: [moved.delay(*event) for event in events], count)
    words = [sys.executable, "-m", "celery", "-A", "benchmarks.peer_celery", "worker", "-c", "2"]
    return {"publish": published, "drain": drain(world, [*words, "--without-gossip", "--without-mingle"], count)}


def faststream(world: World, count: int) -> dict[str, float]:
    """Publish and drain by FastStream, one process."""
    os.environ["PEER_BROKER"] = world.broker
    from benchmarks import peer_faststream

    events = [(str(row.id), row.body) for row in (event_row() for _ in range(count))]
    published = timed(lambda: asyncio.run(peer_faststream.publish(events)), count)
    run = "import asyncio; from benchmarks.peer_faststream import app; asyncio.run(app.run())"
    words = [sys.executable, "-c", run]
    return {"publish": published, "drain": drain(world, words, count)}


def timed(work: Callable[[], object], count: int) -> float:
    """Things a second."""
    begun = time.perf_counter()
    work()
    return count / (time.perf_counter() - begun)
