"""From commit to projection at a steady rate: our two workers, and the bare pipeline, each in processes of its own."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from backbone.clock import SystemClock
from backbone.ids import new_id
from backbone.messaging import outbox
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.store.engines import make_engine
from benchmarks.world import EXAMPLE, MOVED, World, event_row
from tests.support.ports import eventually
from tests.support.processes import ROOT, environment_of
from tests.support.stage import percentile

WRITE = """INSERT INTO outbox (id, type, headers, body, recorded_at) VALUES (%s, %s, %s, %s, now())"""


@contextmanager
def running(world: World, kinds: tuple[str, ...], times: Path) -> Iterator[None]:
    """The pipeline's processes."""
    words = [world.url, world.dsn, world.broker, str(world.rabbitmq.port), str(times)]
    started = [
        subprocess.Popen([sys.executable, "-m", "benchmarks.process", kind, *words], cwd=ROOT, env=environment_of({}))
        for kind in kinds
    ]
    try:
        yield
    finally:
        for process in started:
            process.kill()
            process.wait()


def measure(world: World, who: str, rate: int, seconds: float) -> tuple[float, float]:
    """p50 and p99, in milliseconds, of `who` (ours or bare)."""
    world.clean()
    times = Path(tempfile.mkstemp(prefix="times-")[1])
    write, close = writer(world, who)
    with running(world, (f"{who}-relay", f"{who}-consumer"), times):
        write()
        eventually(lambda: len(arrived(times)) >= 1, limit=60, what=f"the {who} pipeline does not flow")
        committed = {}
        begun = time.perf_counter()
        for number in range(int(rate * seconds)):
            time.sleep(max(0.0, begun + number / rate - time.perf_counter()))
            id_ = write()
            committed[id_] = time.time()
        eventually(lambda: len(arrived(times)) > len(committed), limit=60)
    close()
    seen = arrived(times)
    delays = [(seen[id_] - at) * 1000 for id_, at in committed.items()]
    return percentile(delays, 0.5), percentile(delays, 0.99)


def arrived(times: Path) -> dict[str, float]:
    """When each event was in the projection."""
    return {id_: float(at) for id_, at in (line.split() for line in times.read_text().splitlines() if " " in line)}


def writer(world: World, who: str) -> tuple[Callable[[], str], Callable[[], Any]]:
    """A function that commits one event and gives its id, and one that ends it."""
    if who == "ours":
        engine = make_engine(world.url)

        def write() -> str:
            with UnitOfWork(engine, source="bench", clock=SystemClock()) as uow:
                data = MOVED.load({**EXAMPLE, "deed_id": str(new_id())})
                id_ = uow.record(MOVED, sequence=1, data=data)
                uow.commit()
            return str(id_)

        return write, engine.dispose
    connection = psycopg.connect(world.dsn, autocommit=True)

    def write_bare() -> str:
        row = event_row()
        with connection.transaction():
            values = (row.id, row.type, outbox.json.dumps(dict(row.headers)), row.body)
            connection.execute(WRITE, values)
            connection.execute("SELECT pg_notify('espace', 'outbox')")
        return str(row.id)

    return write_bare, connection.close
